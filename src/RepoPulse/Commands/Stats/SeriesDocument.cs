namespace RepoPulse.Commands.Stats;

internal sealed record SeriesDocument
{
    public required string EventType { get; init; }

    public required int Events { get; init; }

    public string? LimitedBy { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    public double? MeanIntervalSeconds { get; init; }

    public double? MedianIntervalSeconds { get; init; }

    public double? P95IntervalSeconds { get; init; }
}
