using System.Globalization;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.Benchmarks.Postgres;

/// <summary>
/// From the start of <c>serve</c> to ready, and the most memory that it had until then, over a database of many events in the window and
/// over an empty one.
/// </summary>
internal static class ColdStartBenchmark
{
    public static async Task RunAsync(
        string dataFolder, string executable, int events, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartNewAsync(cancellationToken: cancellationToken);
        await using var full = await PostgresLog.CreateAsync(server, cancellationToken);
        await using var empty = await PostgresLog.CreateAsync(server, cancellationToken);
        await empty.AppendAsync(EventsOfAWeek(dataFolder, 1), 1, cancellationToken);
        await full.AppendAsync(EventsOfAWeek(dataFolder, events), 5_000, cancellationToken);

        var times = (Full: new List<double>(), Empty: new List<double>());
        long memory = 0;
        for (var round = -1; round < rounds; round++)
        {
            var withEvents = await ServiceStart.MeasureAsync(executable, full.Settings, cancellationToken);
            var without = await ServiceStart.MeasureAsync(executable, empty.Settings, cancellationToken);
            if (round < 0)
                continue;
            times.Full.Add(withEvents.Seconds);
            times.Empty.Add(without.Seconds);
            memory = Math.Max(memory, withEvents.PeakBytes);
        }

        times.Full.Sort();
        times.Empty.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{events:N0} events in the window: ready after {times.Full[rounds / 2]:F2} s (median of {rounds}, {times.Full[^1]:F2} s " +
            $"at most), {memory >> 20} MiB at the peak; one event: {times.Empty[rounds / 2]:F2} s"));
    }

    /// <summary>Recorded events, over and over with other ids, at times that lie in the last six days.</summary>
    private static IEnumerable<GitHubEvent> EventsOfAWeek(string dataFolder, int events)
    {
        var recorded = PayloadEvents.ReadHours(dataFolder);
        var end = TimeProvider.System.GetUtcNow();
        var step = TimeSpan.FromDays(6) / events;
        return Enumerable.Range(0, events).Select(i => recorded[i % recorded.Count] with
        {
            Key = new EventKey(EventId.FromGitHub(i + 1), end - ((events - i) * step)),
        });
    }
}
