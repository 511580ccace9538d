namespace RepoPulse.Api.Contracts;

/// <summary>How a repository stands, with its polls and its former names.</summary>
internal sealed record RepositoryDetails : RepositorySummary
{
    /// <summary>When the repository's feed was last asked for; null where it never was.</summary>
    public required DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>When it will be asked for next; null where it will not.</summary>
    public required DateTimeOffset? NextPollAt { get; init; }

    /// <summary>Former names, the last seen first.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }
}
