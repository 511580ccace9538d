namespace RepoPulse.Events;

/// <summary>One event as received. A value, so that a batch is one array and an event costs no object of its own.</summary>
public readonly record struct GitHubEvent
{
    public required EventKey Key { get; init; }

    public required EventType Type { get; init; }

    /// <summary>GitHub's id of the repository, <see cref="RepositoryId.None"/> for an event of no repository (a gist, a followed user).</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The repository's name when the event happened; default where <see cref="RepositoryId"/> is none.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>GitHub's JSON of the whole event, byte for byte, without the line end. Empty where a read did not ask for it.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    public bool HasRepository => RepositoryId != RepositoryId.None;
}
