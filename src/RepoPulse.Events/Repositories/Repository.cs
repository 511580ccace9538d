namespace RepoPulse.Events;

/// <summary>What is known of a repository besides its events.</summary>
public sealed record Repository
{
    /// <summary>GitHub's id, <see cref="RepositoryId.None"/> while a watched repository has not answered yet.</summary>
    public required RepositoryId Id { get; init; }

    /// <summary>Every name it bore, the present one first, then by the last sighting, newest first. Never empty.</summary>
    public required IReadOnlyList<NameSighting> Names { get; init; }

    public RepositoryState State { get; init; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>The newest event held, however old; null where none is.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    public CoverageLedger Coverage { get; init; } = CoverageLedger.Empty;

    public RepositoryName Name => Names[0].Name;
}
