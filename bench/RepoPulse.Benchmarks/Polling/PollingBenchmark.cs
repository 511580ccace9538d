using System.Diagnostics;
using GitHubSimulator;
using GitHubSimulator.Generation;
using GitHubSimulator.World;
using RepoPulse.Collector;
using RepoPulse.GitHub;
using RepoPulse.Simulation;

namespace RepoPulse.Benchmarks.Polling;

/// <summary>
/// The real collector against the simulator in one process and on virtual time: requests are counted by the simulator, by GitHub's rules,
/// and so are exact; only processor time and memory are the machine's.
/// </summary>
internal static class PollingBenchmark
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 6, 0, 0, TimeSpan.Zero);

    public static Task<int> RunAsync(TextWriter output)
    {
        Idle(output);
        AboveTheLeast(output);
        OneToken(output);
        TenTokens(output);
        return Task.FromResult(0);
    }

    private static void Idle(TextWriter output)
    {
        var run = new PollingRun(Repositories(1_000, _ => 0), ["alice"], keptRequests: 100);
        // First readings are spread over more than an hour, so as to take half of the limit only.
        run.Live(TimeSpan.FromHours(2));
        var (counted, total) = (run.World.Requests.CountedAgainstPrimaryLimit, run.World.Requests.Total);
        run.Live(TimeSpan.FromHours(24));
        output.WriteLine(
            $"idle: 1,000 repositories, 24 h after all were read once: {run.World.Requests.Total - total:N0} requests, " +
            $"{run.World.Requests.CountedAgainstPrimaryLimit - counted:N0} of them counted against the primary limit");
    }

    private static void AboveTheLeast(TextWriter output)
    {
        foreach (var rate in (double[])[0.5, 5, 30, 120, 600, 2_400, 5_000])
        {
            var run = new PollingRun(Repositories(8, _ => rate), ["alice", "bob"], keptRequests: 1_000_000);
            run.Live(TimeSpan.FromHours(1));
            var from = run.Clock.GetUtcNow();
            run.Live(TimeSpan.FromHours(24));
            var requests = run.World.Requests.Recent
                .Where(request => request.At >= from && request.Path.EndsWith("/events", StringComparison.Ordinal))
                .ToArray();
            long least = 0;
            foreach (var repository in run.World.Repositories)
            {
                var path = $"/repos/{repository.FullName}/events";
                DateTimeOffset[] polls = [.. requests
                    .Where(request => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
                    .Select(request => request.At)];
                least += run.World.CountChangedPages(repository, polls) - (polls.Length == 0 ? 0 : 3);
            }

            var counted = requests.Count(request => request.IsCounted);
            var entered = run.World.Repositories.Sum(repository => run.World.EventsOf(repository, from, run.Clock.GetUtcNow()).Count);
            output.WriteLine(
                $"8 repositories of {rate} events/h: {entered:N0} new events, {requests.Length:N0} requests, {counted:N0} counted; the " +
                $"least is {least:N0}; above it {100.0 * (counted - least) / Math.Max(1, entered):N2} for 100 new events");
        }
    }

    private static void OneToken(TextWriter output)
    {
        var run = new PollingRun(
            RateSpread.Draw(seed: 7, 5_000, totalPerHour: 17_000, mostPerHour: 5_000, sigma: 2.2), ["alice"], keptRequests: 100);
        output.WriteLine($"5,000 repositories on one token, {run.EventsPerHour:N0} events/h in all, the busiest {run.Busiest:N0}:");
        for (var hour = 1; hour <= 12; hour++)
        {
            var (counted, total) = (run.World.Requests.CountedAgainstPrimaryLimit, run.World.Requests.Total);
            run.Live(TimeSpan.FromHours(1));
            output.WriteLine(
                $"  hour {hour}: {run.World.Requests.CountedAgainstPrimaryLimit - counted:N0} counted of " +
                $"{run.World.Requests.Total - total:N0} requests, stretch {run.Collector.Status.Current.Stretch:N2}, {run.Gaps} gaps, " +
                $"{run.World.Requests.ViolationCount} limits broken, {run.Swept:N0} feeds swept");
        }
    }

    private static void TenTokens(TextWriter output)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var run = new PollingRun(RateSpread.Draw(seed: 8, 50_000, totalPerHour: 170_000, mostPerHour: 5_000, sigma: 2.2), [.. Enumerable
            .Range(0, 10)
            .Select(i => $"user-{i}")], keptRequests: 100);
        output.WriteLine($"50,000 repositories on ten tokens, {run.EventsPerHour:N0} events/h in all:");
        for (var hour = 1; hour <= 4; hour++)
        {
            var (counted, total) = (run.World.Requests.CountedAgainstPrimaryLimit, run.World.Requests.Total);
            var (cpu, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
            run.Live(TimeSpan.FromHours(1));
            var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            output.WriteLine(
                $"  hour {hour}: {run.World.Requests.CountedAgainstPrimaryLimit - counted:N0} counted of " +
                $"{run.World.Requests.Total - total:N0} requests, stretch {run.Collector.Status.Current.Stretch:N2}, {run.Gaps} gaps, " +
                $"{run.World.Requests.ViolationCount} limits broken, {run.Swept:N0} feeds swept; "
                + $"{used.TotalSeconds:N1} s of processor time for the hour, simulator included, " +
                    $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:N0} MB held by both");
        }
    }

    private static List<RepositoryActivity> Repositories(int count, Func<int, double> rate)
        => [.. Enumerable.Range(0, count).Select(i => new RepositoryActivity($"org-{i % 97}/repository-{i}", rate(i)))];

    private sealed class PollingRun
    {
        private readonly SimulatedStore _store = new();

        public PollingRun(IReadOnlyList<RepositoryActivity> repositories, string[] holders, int keptRequests)
        {
            Clock = new SimulationClock(Start);
            World = new GitHubWorld(Clock, new WorldOptions { KeptRequests = keptRequests, KeepsShown = false });
            for (var i = 0; i < holders.Length; i++)
                World.Accounts.AddToken(holders[i], $"token-{i}");
            ActivityGenerator.Play(World, repositories, new GenerationOptions { MinimalPayloads = true, Lateness = Lateness.AsObserved });
            (EventsPerHour, Busiest) = (repositories.Sum(repository => repository.EventsPerHour), repositories.Max(
                repository => repository.EventsPerHour));
            _store.KeepsEvents = false;
            _store.Saved = (_, _, proof) => Gaps += proof is { Contiguous: false } ? 1 : 0;
            Collector = new SimulatedCollector(
                Clock,
                _store,
                new DirectHandler(World),
                new GitHubOptions { Tokens = [.. holders.Select((_, i) => $"token-{i}")] },
                new CollectorOptions { Name = "bench", Feeds = [.. repositories.Select(
                    repository => FeedAddress.OfRepository(RepositoryName.Parse(repository.Name)))] },
                new Random(1));
        }

        public SimulationClock Clock { get; }

        public GitHubWorld World { get; }

        public SimulatedCollector Collector { get; }

        public double EventsPerHour { get; }

        public double Busiest { get; }

        public int Gaps { get; private set; }

        public int Swept => _store.Cursors.Count(pair => pair.Value.LastSweptAt is not null);

        public void Live(TimeSpan time) => Collector.Run(Clock.GetUtcNow() + time);
    }
}
