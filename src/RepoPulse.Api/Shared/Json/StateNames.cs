using System.Diagnostics;

namespace RepoPulse.Api;

internal static class StateNames
{
    public static string Of(RepositoryState state) => state switch
    {
        RepositoryState.Unwatched => "unwatched",
        RepositoryState.Watching => "watching",
        RepositoryState.NotFound => "notFound",
        RepositoryState.Gone => "gone",
        RepositoryState.Blocked => "blocked",
        RepositoryState.Unauthorized => "unauthorized",
        _ => throw new UnreachableException($"There is no repository state {state}."),
    };

    public static string Of(CoverageState state) => state switch
    {
        CoverageState.Complete => "complete",
        CoverageState.Gap => "gap",
        CoverageState.Repaired => "repaired",
        _ => throw new UnreachableException($"There is no coverage state {state}."),
    };
}
