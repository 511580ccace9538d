namespace RepoPulse.Commands.Stats;

/// <summary>How many events a repository had recently, interval by interval.</summary>
internal sealed class RecentActivity
{
    /// <summary>Of one interval. A week of them fits beside the statistics.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromHours(12);

    public const int Buckets = 14;

    private readonly Dictionary<string, long[]> _byEventType = new(StringComparer.Ordinal);
    private readonly long[] _total = new long[Buckets];
    private readonly DateTimeOffset _since;

    public RecentActivity(DateTimeOffset since) => _since = since;

    /// <summary>
    /// Where the first interval begins, so that the last is the one in which a time lies. Intervals begin at multiples of their length
    /// since 1970.
    /// </summary>
    public static DateTimeOffset Since(DateTimeOffset now) =>
        now.AddTicks(-((now - DateTimeOffset.UnixEpoch).Ticks % Bucket.Ticks)) - ((Buckets - 1) * Bucket);

    /// <summary>Counts events of an interval; what lies outside of all is left out.</summary>
    public void Add(DateTimeOffset from, string eventType, long events)
    {
        var index = (int)((from - _since).Ticks / Bucket.Ticks);
        if (from < _since || index >= Buckets)
            return;
        if (!_byEventType.TryGetValue(eventType, out var counts))
            _byEventType.Add(eventType, counts = new long[Buckets]);
        counts[index] += events;
        _total[index] += events;
    }

    /// <summary>
    /// How many of the first intervals are of times that nobody watched: they hold no event, and end before the coverage begins. With a gap
    /// the coverage says since when there was none, and not since when the repository was watched.
    /// </summary>
    public int Unknown(CoverageDocument? coverage)
    {
        if (coverage is { From: not null, Gaps: > 0 })
            return 0;
        var unknown = 0;
        while (unknown < Buckets && _total[unknown] == 0 && (coverage?.From is not { } since || _since + ((unknown + 1) * Bucket) <= since))
            unknown++;
        return unknown;
    }

    /// <param name="eventType">An event's type, or <c>*</c> for all.</param>
    public ReadOnlySpan<long> Of(string eventType) =>
        eventType == "*" ? _total : _byEventType.GetValueOrDefault(eventType) ?? new long[Buckets];
}
