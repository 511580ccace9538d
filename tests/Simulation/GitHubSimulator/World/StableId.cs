namespace GitHubSimulator.World;

/// <summary>Ids that depend on a name alone, so that they are the same in every run.</summary>
internal static class StableId
{
    private const uint Range = 900_000_000;

    /// <summary>FNV-1a of the name without regard to case, in the range of GitHub's own ids.</summary>
    public static long Of(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
            hash = (hash ^ char.ToLowerInvariant(c)) * 16777619u;
        return 100_000_000 + hash % Range;
    }
}
