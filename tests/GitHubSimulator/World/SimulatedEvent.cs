namespace GitHubSimulator.World;

/// <summary>An event that happened, whether or not a feed shows it yet.</summary>
public sealed record SimulatedEvent
{
    public required long Id { get; init; }

    public required string Type { get; init; }

    public required SimulatedRepository Repository { get; init; }

    /// <summary>To the second, as GitHub writes it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on feeds may show it: later than <see cref="CreatedAt"/> for a late one.</summary>
    public required DateTimeOffset VisibleAt { get; init; }

    /// <summary>Its place in a feed, newest first; <see cref="CreatedAt"/> unless neighbours are to stand out of order.</summary>
    public required DateTimeOffset RankAt { get; init; }

    /// <summary>The whole event as GitHub writes it.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }
}
