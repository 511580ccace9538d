using System.Globalization;
using RepoPulse.Events;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.Benchmarks.Postgres;

/// <summary>
/// Appending recorded events to the log in PostgreSQL in batches of one size, next to COPY of the same rows in the same batches, in turn, on one server
/// with every commit flushed.
/// </summary>
internal static class AppendBenchmark
{
    private static readonly int[] BatchSizes = [100, 1_000, 5_000];

    public static async Task RunAsync(string dataFolder, int events, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var hours = PayloadEvents.ReadHours(dataFolder);
        // Once over all of it to warm up: then every repository is known, as in a log that has been written for a while, and the dictionary trained.
        var warmUps = hours.Count;
        var all = PayloadEvents.Multiply(hours, (events / warmUps) + 2)[..(events + warmUps)];
        await using var server = await PostgresServer.StartNewAsync(cancellationToken: cancellationToken);
        await output.WriteLineAsync($"{events:N0} events of known repositories, appended and copied in batches (median of {rounds} rounds, in turn); {warmUps:N0} of new ones before");
        await output.WriteLineAsync("  batch   append/s   COPY/s with indexes   COPY/s without   of COPY with indexes   without   new ones append/s");
        foreach (var batchSize in BatchSizes)
        {
            var times = new List<(double Append, double Indexed, double Bare, double WarmUp)>();
            for (var round = 0; round < rounds; round++)
                times.Add(await MeasureAsync(server, all, warmUps, batchSize, cancellationToken));
            await TellAsync(
                output,
                batchSize,
                events / Median(times.Select(t => t.Append)),
                events / Median(times.Select(t => t.Indexed)),
                events / Median(times.Select(t => t.Bare)),
                warmUps / Median(times.Select(t => t.WarmUp)));
        }
    }

    private static async Task<(double Append, double Indexed, double Bare, double WarmUp)> MeasureAsync(
        PostgresServer server, List<GitHubEvent> events, int warmUps, int batchSize, CancellationToken cancellationToken)
    {
        await using var log = await PostgresLog.CreateAsync(server, cancellationToken);
        var warmUp = await TimeAsync(() => log.AppendAsync(events.Take(warmUps), batchSize, cancellationToken));
        var append = await TimeAsync(() => log.AppendAsync(events.Skip(warmUps), batchSize, cancellationToken));

        var copy = new PlainCopy(log.ConnectionString);
        var rows = await copy.ReadStoredAsync(cancellationToken);
        var seconds = new List<double>();
        foreach (var withIndexes in (bool[])[true, false])
        {
            await copy.MakeTableAsync(withIndexes, cancellationToken);
            await copy.CopyAsync(rows.Take(warmUps), batchSize, cancellationToken);
            seconds.Add(await TimeAsync(() => copy.CopyAsync(rows.Skip(warmUps), batchSize, cancellationToken)));
        }

        return (append, seconds[0], seconds[1], warmUp);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static Task TellAsync(TextWriter output, int batchSize, double append, double indexed, double bare, double warmUp) =>
        output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {batchSize,5} {append,10:N0} {indexed,21:N0} {bare,16:N0} {append / indexed,22:F2} {append / bare,9:F2} {warmUp,19:N0}"));
}
