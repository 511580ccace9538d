namespace RepoPulse.Api.Contracts;

/// <summary>How a repository stands.</summary>
internal record RepositorySummary
{
    /// <summary>The present name, owner/name.</summary>
    public required string Repository { get; init; }

    /// <summary>GitHub's id, which stays when the name changes; null while a watched repository has not answered yet.</summary>
    public required long? RepositoryId { get; init; }

    public required RepositoryCondition State { get; init; }

    /// <summary>The newest event of the window, or before it; null where none is held.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>How many events the window holds.</summary>
    public required int Events { get; init; }

    public required WindowCoverage Coverage { get; init; }
}
