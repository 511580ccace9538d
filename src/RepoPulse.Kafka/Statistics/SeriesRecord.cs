using RepoPulse.Statistics;

namespace RepoPulse.Kafka.Statistics;

/// <summary>The figures of one series.</summary>
internal sealed record SeriesRecord
{
    public required string EventType { get; init; }

    public int Events { get; init; }

    public bool Capped { get; init; }

    public DateTimeOffset? FirstEventAt { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    public double? MeanIntervalSeconds { get; init; }

    public double? MedianIntervalSeconds { get; init; }

    public double? P95IntervalSeconds { get; init; }

    public double? MinIntervalSeconds { get; init; }

    public double? MaxIntervalSeconds { get; init; }

    public double? StdDevIntervalSeconds { get; init; }

    public static SeriesRecord Of(SeriesFigures figures) => new()
    {
        EventType = figures.EventType.Name,
        Events = figures.Events,
        Capped = figures.Capped,
        FirstEventAt = figures.FirstEventAt,
        LastEventAt = figures.LastEventAt,
        MeanIntervalSeconds = figures.MeanIntervalSeconds,
        MedianIntervalSeconds = figures.MedianIntervalSeconds,
        P95IntervalSeconds = figures.P95IntervalSeconds,
        MinIntervalSeconds = figures.MinIntervalSeconds,
        MaxIntervalSeconds = figures.MaxIntervalSeconds,
        StdDevIntervalSeconds = figures.StdDevIntervalSeconds,
    };

    public SeriesFigures ToFigures() => new()
    {
        EventType = EventType == RepoPulse.Events.EventType.All.Name ? RepoPulse.Events.EventType.All : RepoPulse.Events.EventType.Parse(EventType),
        Events = Events,
        Capped = Capped,
        FirstEventAt = FirstEventAt,
        LastEventAt = LastEventAt,
        MeanIntervalSeconds = MeanIntervalSeconds,
        MedianIntervalSeconds = MedianIntervalSeconds,
        P95IntervalSeconds = P95IntervalSeconds,
        MinIntervalSeconds = MinIntervalSeconds,
        MaxIntervalSeconds = MaxIntervalSeconds,
        StdDevIntervalSeconds = StdDevIntervalSeconds,
    };
}
