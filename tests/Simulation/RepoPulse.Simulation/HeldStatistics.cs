using RepoPulse.Statistics;

namespace RepoPulse.Simulation;

/// <summary>
/// Folds the log as it was written, repetitions and all, and compares the statistics with a naive computation over what is held.
/// </summary>
internal static class HeldStatistics
{
    private static readonly WindowOptions Window = new();

    public static void Judge(SimulatedStore store, DateTimeOffset now, List<string> faults)
    {
        var fold = new StatisticsFold(Window);
        foreach (var batch in store.Log.Chunk(1_000))
            fold.Apply(batch, now);
        var folded = fold.TakeChanged().Where(figures => figures.Total.Events > 0).ToDictionary(figures => figures.RepositoryId);
        var held = store.Events.Values
            .Where(e => e.Key.CreatedAt <= now && e.Key.CreatedAt >= now - Window.Duration)
            .ToLookup(e => e.RepositoryId);
        if (folded.Count != held.Count)
            faults.Add($"{folded.Count} repositories have figures, {held.Count} have events in the window");
        foreach (var repository in held)
        {
            if (!folded.TryGetValue(repository.Key, out var figures))
            {
                faults.Add($"repository {repository.Key} has no figures");
                continue;
            }

            Compare(figures.Total, [.. repository], faults);
            foreach (var type in repository.GroupBy(e => e.Type))
                Compare(figures.ByEventType.Single(series => series.EventType == type.Key), [.. type], faults);
        }
    }

    private static void Compare(SeriesSnapshot figures, List<GitHubEvent> events, List<string> faults)
    {
        var times = events.Select(e => e.Key).Order().TakeLast(Window.MaxEvents).Select(key => key.CreatedAt).ToArray();
        double? mean = times.Length < 2 ? null : (times[^1] - times[0]).TotalSeconds / (times.Length - 1);
        var isSame = figures.Events == times.Length
            && figures.FirstEventAt == times[0]
            && figures.LastEventAt == times[^1]
            && (mean is null
                ? figures.MeanIntervalSeconds is null
                : Math.Abs(figures.MeanIntervalSeconds!.Value - mean.Value) <= 1e-9 * mean.Value);
        if (!isSame)
            faults.Add($"{figures.EventType}: the figures say {figures}, naively there are {times.Length} events, {mean} s apart");
    }
}
