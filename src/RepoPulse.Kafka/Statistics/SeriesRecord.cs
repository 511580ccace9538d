using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>The statistics of one series.</summary>
internal sealed record SeriesRecord
{
    /// <summary>What statistics convert to ticks without overflow: far more than any two events lie apart.</summary>
    private const double MaxSeconds = 1e10;

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

    public static SeriesRecord Of(SeriesSnapshot snapshot) => new()
    {
        EventType = snapshot.EventType.Name,
        Events = snapshot.Events,
        Capped = snapshot.Capped,
        FirstEventAt = snapshot.FirstEventAt,
        LastEventAt = snapshot.LastEventAt,
        MeanIntervalSeconds = snapshot.MeanIntervalSeconds,
        MedianIntervalSeconds = snapshot.MedianIntervalSeconds,
        P95IntervalSeconds = snapshot.P95IntervalSeconds,
        MinIntervalSeconds = snapshot.MinIntervalSeconds,
        MaxIntervalSeconds = snapshot.MaxIntervalSeconds,
        StdDevIntervalSeconds = snapshot.StdDevIntervalSeconds,
    };

    /// <exception cref="InvalidDataException">No aggregator writes such a record.</exception>
    /// <exception cref="FormatException">The event type is none.</exception>
    public SeriesSnapshot ToSnapshot()
    {
        RecordCheck.Require(Events >= 0, nameof(Events));
        RecordCheck.Time(FirstEventAt, nameof(FirstEventAt));
        RecordCheck.Time(LastEventAt, nameof(LastEventAt));
        foreach (var seconds in (ReadOnlySpan<double?>)
            [MeanIntervalSeconds, MedianIntervalSeconds, P95IntervalSeconds, MinIntervalSeconds, MaxIntervalSeconds, StdDevIntervalSeconds])
            RecordCheck.Require(seconds is null or (>= 0 and < MaxSeconds), "An interval");
        return new SeriesSnapshot
        {
            EventType = EventType == Core.EventType.All.Name ? Core.EventType.All : Core.EventType.Parse(EventType),
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
}
