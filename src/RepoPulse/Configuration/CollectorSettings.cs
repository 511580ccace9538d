using RepoPulse.Events;

namespace RepoPulse.Configuration;

internal sealed record CollectorSettings
{
    public required IReadOnlyList<RepositoryName> Repositories { get; init; }

    /// <summary>The organizations' feeds.</summary>
    public required IReadOnlyList<FeedAddress> Organizations { get; init; }

    public required TimeSpan MinPollInterval { get; init; }

    public required TimeSpan MaxPollInterval { get; init; }

    public required string Name { get; init; }

    /// <summary>Null keeps events for ever.</summary>
    public required TimeSpan? RetentionPeriod { get; init; }

    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Every feed to watch, each once.</summary>
    public IReadOnlyList<FeedAddress> Feeds => [.. Repositories.Select(FeedAddress.OfRepository).Concat(Organizations).Distinct()];
}
