using CsCheck;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Folds;

public sealed class FoldAgainstNaiveTests
{
    [Fact]
    public void Published_figures_equal_a_naive_recomputation_at_every_step_of_any_history() =>
        History.Any.Sample(Replay, iter: 2000, print: Print);

    [Fact]
    public void So_they_do_where_events_supersede_others_that_came_before_or_come_after_or_never() =>
        History.WithSupersessions.Sample(Replay, iter: 2000, print: Print);

    [Fact]
    public void The_order_and_the_batches_in_which_events_are_given_make_no_difference() =>
        (from history in History.Any
         let events = history.Steps.SelectMany(s => s.Batch.Events).ToArray()
         from shuffled in Gen.Shuffle(events)
         from cut in Gen.Int[1, 9]
         select (history, shuffled, cut)).Sample(
            sample =>
            {
                var (history, shuffled, cut) = sample;
                var end = history.Steps.Max(s => s.Now);
                Assert.Equal(Fold(history, history.Steps), Fold(
                    history, shuffled.Chunk(cut).Select(batch => (end, new EventBatch(batch, LogPosition.Start)))));
            },
            iter: 1000);

    private static List<string> Fold(History history, IEnumerable<(DateTimeOffset Now, EventBatch Batch)> steps)
    {
        var fold = new StatisticsFold(history.Window, int.MaxValue);
        var now = DateTimeOffset.MinValue;
        foreach (var (at, batch) in steps)
            fold.Apply(batch, now = at > now ? at : now);
        fold.Advance(history.Steps.Max(s => s.Now));
        return [.. fold.TakeChanged()
            .Where(f => f.Total.Events > 0)
            .OrderBy(f => f.RepositoryId)
            .Select(f => $"{f} {string.Join(' ', f.ByEventType)}")];
    }

    private static void Replay(History history)
    {
        var fold = new StatisticsFold(history.Window, history.MaxFutureEvents);
        var naive = new NaiveStatistics(history.Window);
        var published = new Dictionary<RepositoryId, RepositorySnapshot>();
        var now = TestEvents.Now - TimeSpan.FromDays(1000);
        foreach (var step in history.Steps)
        {
            now = step.Now > now || step.Now < now - TimeSpan.FromMinutes(1) ? step.Now : now;
            naive.Add(step.Batch);
            var result = fold.Apply(step.Batch, step.Now);
            Assert.Equal(step.Batch.Events.Count, result.Folded + result.Duplicates + result.Outside);
            while (fold.TakeReadAgain() is { } since)
                fold.Apply([.. naive.Since(since)], step.Now);

            var changed = fold.TakeChanged();
            Assert.Distinct(changed.Select(f => f.RepositoryId));
            foreach (var figures in changed)
            {
                Assert.Equal(now, figures.AsOf);
                published[figures.RepositoryId] = figures;
            }

            Compare(fold, naive, published, now);
        }
    }

    private static void Compare(
        StatisticsFold fold, NaiveStatistics naive, Dictionary<RepositoryId, RepositorySnapshot> published, DateTimeOffset now)
    {
        var repositories = 0;
        var series = 0;
        DateTimeOffset? next = null;
        foreach (var id in naive.RepositoryIds)
        {
            var nextOfThis = naive.NextChange(id, now);
            next = next is null || nextOfThis < next ? nextOfThis : next;
            var total = naive.Total(id, now);
            repositories += total.Events > 0 ? 1 : 0;
            series += (total.Events > 0 ? 1 : 0) + naive.ByEventType(id, now).Length;
            if (!published.TryGetValue(id, out var figures))
            {
                Assert.Equal(0, total.Events);
                continue;
            }

            AssertSame(naive, figures, now);
            Assert.Equal(nextOfThis - TimeSpan.FromTicks(1), figures.ValidUntil);
            if (figures.ValidUntil is { } until)
                AssertSame(naive, figures, until);
        }

        Assert.Equal(repositories, fold.Repositories);
        Assert.Equal(series, fold.Series);
        Assert.Equal(next, fold.NextChangeAt);
    }

    private static void AssertSame(NaiveStatistics naive, RepositorySnapshot figures, DateTimeOffset at)
    {
        AssertSame(naive.Total(figures.RepositoryId, at), figures.Total);
        var byType = naive.ByEventType(figures.RepositoryId, at);
        Assert.Equal(byType.Length, figures.ByEventType.Count);
        foreach (var (expected, actual) in byType.Zip(figures.ByEventType))
            AssertSame(expected, actual);
    }

    private static void AssertSame(SeriesSnapshot expected, SeriesSnapshot actual)
    {
        Assert.Equal(
            (expected.EventType, expected.Events, expected.Capped, expected.FirstEventAt, expected.LastEventAt),
            (actual.EventType, actual.Events, actual.Capped, actual.FirstEventAt, actual.LastEventAt));
        AssertClose(expected.MeanIntervalSeconds, actual.MeanIntervalSeconds);
        AssertClose(expected.MedianIntervalSeconds, actual.MedianIntervalSeconds);
        AssertClose(expected.P95IntervalSeconds, actual.P95IntervalSeconds);
        AssertClose(expected.MinIntervalSeconds, actual.MinIntervalSeconds);
        AssertClose(expected.MaxIntervalSeconds, actual.MaxIntervalSeconds);
        // Where all intervals are equal the naive deviation is not 0 but the rounding of their mean.
        AssertClose(expected.StdDevIntervalSeconds, actual.StdDevIntervalSeconds, 1e-14 * (expected.MaxIntervalSeconds ?? 0));
    }

    private static void AssertClose(double? expected, double? actual, double rounding = 0)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } e && actual is { } a)
            Assert.True(Math.Abs(e - a) <= 1e-9 * Math.Abs(e) + rounding, $"expected {e:R}, got {a:R}");
    }

    private static string Print(History history) =>
        $"{history.Window} future {history.MaxFutureEvents}\n" + string.Join('\n', history.Steps.Select(
            s => $"{s.Now.Ticks - TestEvents.Now.Ticks}: " + string.Join(' ', s.Batch.Events.Select(
                e => $"{e.RepositoryId}/{e.Type}/{e.Key.Id}@{e.Key.CreatedAt.Ticks - TestEvents.Now.Ticks}"))
                    + string.Concat(s.Batch.Supersessions.Select(
                    x => $" -{x.Superseded.Id}@{x.Superseded.CreatedAt.Ticks - TestEvents.Now.Ticks}"))));
}
