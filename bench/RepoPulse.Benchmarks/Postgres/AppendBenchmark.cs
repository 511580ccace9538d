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
    /// <summary>Until the parts of the table are there and the dictionary of payloads is trained.</summary>
    private const int WarmUps = 5_000;

    private static readonly int[] BatchSizes = [100, 1_000, 5_000];

    public static async Task RunAsync(string dataFolder, int events, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var hours = PayloadEvents.ReadHours(dataFolder);
        var all = PayloadEvents.Multiply(hours, (events + WarmUps) / hours.Count + 1)[..(events + WarmUps)];
        await using var server = await PostgresServer.StartNewAsync(cancellationToken: cancellationToken);
        await output.WriteLineAsync($"{events:N0} events, appended and copied in batches (median of {rounds} rounds, in turn)");
        await output.WriteLineAsync("  batch   append/s   COPY/s with indexes   COPY/s without   of COPY with indexes   without");
        foreach (var batchSize in BatchSizes)
        {
            var times = new List<(double Append, double Indexed, double Bare)>();
            for (var round = 0; round < rounds; round++)
                times.Add(await MeasureAsync(server, all, batchSize, cancellationToken));
            await TellAsync(output, batchSize, events, Median(times.Select(t => t.Append)), Median(times.Select(t => t.Indexed)), Median(times.Select(t => t.Bare)));
        }
    }

    private static async Task<(double Append, double Indexed, double Bare)> MeasureAsync(
        PostgresServer server, List<GitHubEvent> events, int batchSize, CancellationToken cancellationToken)
    {
        await using var log = await PostgresLog.CreateAsync(server, cancellationToken);
        await log.AppendAsync(events.Take(WarmUps), 1_000, cancellationToken);
        var append = await TimeAsync(() => log.AppendAsync(events.Skip(WarmUps), batchSize, cancellationToken));

        var copy = new PlainCopy(log.ConnectionString);
        var rows = await copy.ReadStoredAsync(cancellationToken);
        var (warmUps, counted) = (rows[..WarmUps], rows[WarmUps..]);
        var seconds = new List<double>();
        foreach (var withIndexes in (bool[])[true, false])
        {
            await copy.MakeTableAsync(withIndexes, cancellationToken);
            await copy.CopyAsync(warmUps, 1_000, cancellationToken);
            seconds.Add(await TimeAsync(() => copy.CopyAsync(counted, batchSize, cancellationToken)));
        }

        return (append, seconds[0], seconds[1]);
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

    private static Task TellAsync(TextWriter output, int batchSize, int events, double append, double indexed, double bare) =>
        output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {batchSize,5} {events / append,10:N0} {events / indexed,21:N0} {events / bare,16:N0} {indexed / append,22:F2} {bare / append,9:F2}"));
}
