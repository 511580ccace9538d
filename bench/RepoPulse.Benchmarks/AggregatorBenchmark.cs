using System.Diagnostics;
using System.Globalization;
using RepoPulse.Statistics;

namespace RepoPulse.Benchmarks;

/// <summary>
/// What an event costs the aggregator's fold with few and with many series, and how fast it folds a whole log. The statistics of one run
/// are to be compared with each other, not with those of another machine.
/// </summary>
internal static class AggregatorBenchmark
{
    private const int FewSeries = 100;
    private const int ManySeries = 16_000;
    private const int EventsPerWindow = 500;
    private const int TypesPerRepository = 4;
    private const int Measured = 4_000;
    private const int Rounds = 5;
    private const int BulkEvents = 1_000_000;
    private const int BulkRepositories = 5_000;
    private const int BatchSize = 1_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly EventType[] Types =
        [EventType.Parse("PushEvent"), EventType.Parse("WatchEvent"), EventType.Parse("IssuesEvent"), EventType.Parse("PullRequestEvent")];

    public static Task RunAsync(TextWriter output)
    {
        var few = new FullWindows(FewSeries);
        var many = new FullWindows(ManySeries);
        var costs = new List<(double Few, double Many, double FewApply, double ManyApply)>();
        // Turn about, so that whatever else the machine does meets both; the first round only warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            var (fewTotal, fewApply) = few.Measure();
            var (manyTotal, manyApply) = many.Measure();
            if (round > 0)
                costs.Add((fewTotal, manyTotal, fewApply, manyApply));
        }

        Write(output, $"One new event, windows full at {EventsPerWindow} (median of {Rounds} rounds of {Measured} events):");
        WriteCost(output, FewSeries, costs.Select(c => c.Few), costs.Select(c => c.FewApply));
        WriteCost(output, ManySeries, costs.Select(c => c.Many), costs.Select(c => c.ManyApply));
        Write(output, $"  ratio: {Median(costs.Select(c => c.Many / c.Few)):F2} with {ManySeries / FewSeries} times as many series");

        var ordered = BulkLog(disorder: false);
        var disordered = BulkLog(disorder: true);
        Fold(ordered);
        var (orderedRate, orderedBytes) = Fold(ordered);
        var (disorderedRate, _) = Fold(disordered);
        Write(output, $"{BulkEvents} events of {BulkRepositories} repositories in batches of {BatchSize}:");
        Write(output, $"  in order: {orderedRate:F0} events/s, {orderedBytes / (double)BulkEvents:F0} bytes of memory an event");
        Write(output, $"  in no order: {disorderedRate:F0} events/s, {orderedRate / disorderedRate:F2} times as long");
        return Task.CompletedTask;
    }

    private static (double EventsPerSecond, long Bytes) Fold(GitHubEvent[] events)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var now = events.Max(e => e.Key.CreatedAt);
        var fold = new StatisticsFold(new());
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < events.Length; i += BatchSize)
            fold.Apply(new ArraySegment<GitHubEvent>(events, i, Math.Min(BatchSize, events.Length - i)), now);
        var figures = fold.TakeChanged();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(fold);
        GC.KeepAlive(figures);
        return (events.Length / elapsed.TotalSeconds, bytes);
    }

    /// <summary>A week's events; a few repositories have most of them, as at GitHub.</summary>
    private static GitHubEvent[] BulkLog(bool disorder)
    {
        var random = new Random(1);
        var events = new GitHubEvent[BulkEvents];
        var names = Enumerable.Range(0, BulkRepositories).Select(i => RepositoryName.Parse($"owner/repository-{i}")).ToArray();
        var step = TimeSpan.FromDays(6.9) / BulkEvents;
        for (var i = 0; i < events.Length; i++)
        {
            var repository = (int)(BulkRepositories * Math.Pow(random.NextDouble(), 3));
            events[i] = Event(i, Start + i * step, Types[random.Next(TypesPerRepository)], repository + 1, names[repository]);
        }

        if (disorder)
            random.Shuffle(events);
        return events;
    }

    private static GitHubEvent Event(long id, DateTimeOffset at, EventType type, long repository, RepositoryName name) => new()
    {
        Key = new(EventId.FromGitHub(id), at),
        Type = type,
        RepositoryId = new(repository),
        Repository = name,
    };

    private static void WriteCost(TextWriter output, int series, IEnumerable<double> total, IEnumerable<double> apply) =>
        Write(
            output, $"  {series,6} series: {Median(total):F2} µs, of which {Median(apply):F2} µs to fold it and the rest for the figures");

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A fold with so many series of full windows, those of all types included, which an event a second keeps full.</summary>
    private sealed class FullWindows
    {
        private readonly StatisticsFold _fold = new(new() { Duration = TimeSpan.FromDays(365_000), MaxEvents = EventsPerWindow });
        private readonly Random _random = new(2);
        private readonly RepositoryName[] _names;
        private readonly GitHubEvent[] _one = new GitHubEvent[1];
        private DateTimeOffset _now = Start;
        private long _id;

        public FullWindows(int series)
        {
            _names = [.. Enumerable.Range(0, series / (TypesPerRepository + 1)).Select(i => RepositoryName.Parse($"owner/repository-{i}"))];
            for (var i = 0; i < EventsPerWindow + 1; i++)
            {
                for (var repository = 0; repository < _names.Length; repository++)
                {
                    foreach (var type in Types)
                        Apply(repository, type);
                }
            }

            if (_fold.Series != series || _fold.TakeChanged().Any(f => f.ByEventType.Any(s => s.Events != EventsPerWindow)))
                throw new InvalidOperationException($"{_fold.Series} series are filled where {series} should be.");
        }

        /// <summary>The mean microseconds of an event, whole and without the statistics.</summary>
        public (double Total, double Apply) Measure()
        {
            long folding = 0;
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Measured; i++)
            {
                var before = Stopwatch.GetTimestamp();
                Apply(_random.Next(_names.Length), Types[_random.Next(TypesPerRepository)]);
                folding += Stopwatch.GetTimestamp() - before;
                if (_fold.TakeChanged().Count != 1)
                    throw new InvalidOperationException("An event changes the figures of one repository.");
            }

            return (Stopwatch.GetElapsedTime(started).TotalMicroseconds / Measured, folding * 1e6 / Stopwatch.Frequency / Measured);
        }

        private void Apply(int repository, EventType type)
        {
            // Unequal intervals: sorting equal ones would cost too little.
            _now += TimeSpan.FromTicks(_random.Next(1, 20_000_000));
            _one[0] = Event(_id++, _now, type, repository + 1, _names[repository]);
            _fold.Apply(_one, _now);
        }
    }
}
