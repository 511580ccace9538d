using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Folds;

/// <summary>The contract word for word: every query is computed from all events ever given, by filtering, sorting and taking.</summary>
internal sealed class NaiveStatistics(WindowOptions options)
{
    private readonly HashSet<GitHubEvent> _given = [];
    private readonly HashSet<EventKey> _superseded = [];
    private GitHubEvent[] _events = [];

    public IEnumerable<RepositoryId> RepositoryIds => _given.Select(e => e.RepositoryId).Distinct();

    public IEnumerable<GitHubEvent> Since(DateTimeOffset since) => _events.Where(e => e.Key.CreatedAt >= since);

    public void Add(EventBatch batch)
    {
        _given.UnionWith(batch.Events);
        _superseded.UnionWith(batch.Supersessions.Select(s => s.Superseded));
        _events = [.. _given.Where(e => !_superseded.Contains(e.Key))];
    }

    public SeriesSnapshot Total(RepositoryId repository, DateTimeOffset now) =>
        Figures(EventType.All, [.. _events.Where(e => e.RepositoryId == repository)], now);

    public SeriesSnapshot[] ByEventType(RepositoryId repository, DateTimeOffset now) =>
        [.. Series(repository).Select(s => Figures(s.Key, [.. s], now)).Where(s => s.Events > 0)];

    /// <summary>The first tick after now at which any count, or what the cap leaves out, is another.</summary>
    public DateTimeOffset? NextChange(RepositoryId repository, DateTimeOffset now)
    {
        List<GitHubEvent[]> all = [[.. _events.Where(e => e.RepositoryId == repository)], .. Series(repository).Select(s => s.ToArray())];
        return all.SelectMany(series => Changes(series, now)).Where(t => t > now).Order().Cast<DateTimeOffset?>().FirstOrDefault();
    }

    private IEnumerable<IGrouping<EventType, GitHubEvent>> Series(RepositoryId repository) =>
        _events.Where(e => e.RepositoryId == repository).GroupBy(e => e.Type).OrderBy(g => g.Key.Name, StringComparer.Ordinal);

    private IEnumerable<DateTimeOffset> Changes(GitHubEvent[] series, DateTimeOffset now)
    {
        foreach (var due in series.Select(e => e.Key.CreatedAt).Where(t => t > now))
            yield return due;

        // What the cap leaves out matters by its newest alone; of what it leaves in, each event does.
        var newestFirst = Live(series, now).Reverse().Take(options.MaxEvents + 1);
        foreach (var e in newestFirst)
            yield return e.Key.CreatedAt + options.Duration + TimeSpan.FromTicks(1);
    }

    private IEnumerable<GitHubEvent> Live(IEnumerable<GitHubEvent> series, DateTimeOffset now) =>
        series.Where(e => e.Key.CreatedAt <= now && now - e.Key.CreatedAt <= options.Duration)
            .OrderBy(e => e.Key.CreatedAt)
            .ThenBy(e => e.Key.Id.Value);

    private SeriesSnapshot Figures(EventType type, GitHubEvent[] series, DateTimeOffset now)
    {
        var live = Live(series, now).ToList();
        var times = live.TakeLast(options.MaxEvents).Select(e => e.Key.CreatedAt).ToList();
        var intervals = times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).Order().ToList();
        return new()
        {
            EventType = type,
            Events = times.Count,
            Capped = live.Count > options.MaxEvents,
            FirstEventAt = times.Count > 0 ? times.First() : null,
            LastEventAt = times.Count > 0 ? times.Last() : null,
            MeanIntervalSeconds = intervals.Count > 0 ? intervals.Average() : null,
            MedianIntervalSeconds = PercentileCont(intervals, 0.5),
            P95IntervalSeconds = PercentileCont(intervals, 0.95),
            MinIntervalSeconds = intervals.Count > 0 ? intervals.Min() : null,
            MaxIntervalSeconds = intervals.Count > 0 ? intervals.Max() : null,
            StdDevIntervalSeconds = intervals.Count > 1
                ? Math.Sqrt(intervals.Sum(x => Math.Pow(x - intervals.Average(), 2)) / (intervals.Count - 1))
                : null,
        };
    }

    /// <summary>
    /// As SQL:2003 defines it: of row number RN = 1 + P (N - 1), with the rows at its ceiling CRN and floor FRN, where they are one that
    /// row's value, else (CRN - RN) * value at FRN + (RN - FRN) * value at CRN.
    /// </summary>
    private static double? PercentileCont(List<double> sorted, double p)
    {
        if (sorted.Count == 0)
            return null;
        var rn = 1 + p * (sorted.Count - 1);
        var (frn, crn) = ((int)Math.Floor(rn), (int)Math.Ceiling(rn));
        return frn == crn ? sorted[frn - 1] : (crn - rn) * sorted[frn - 1] + (rn - frn) * sorted[crn - 1];
    }
}
