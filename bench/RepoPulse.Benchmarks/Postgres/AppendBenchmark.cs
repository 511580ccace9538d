using System.Globalization;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.Benchmarks.Postgres;

/// <summary>
/// Appending recorded events to the log in PostgreSQL in batches of one size, next to COPY of the same rows in the same batches, in turn,
/// on one server with every commit flushed.
/// </summary>
internal static class AppendBenchmark
{
    private static readonly int[] BatchSizes = [100, 1_000, 5_000];

    public static async Task RunAsync(string dataFolder, int events, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var hours = PayloadEvents.ReadHours(dataFolder);
        // Once over all of it to warm up: then every repository is known, as in a log that has been written for a while, and the dictionary
        // trained.
        var warmUps = hours.Count;
        var all = PayloadEvents.Multiply(hours, (events / warmUps) + 2)[..(events + warmUps)];
        await using var server = await LocalPostgres.StartNewAsync(cancellationToken: cancellationToken);
        await output.WriteLineAsync(
            $"{events:N0} events of known repositories, appended and copied in batches (median of {rounds} rounds, in turn); " +
            $"{warmUps:N0} of new ones before");
        await output.WriteLineAsync(
            "  batch   append/s  three at once   stored rows, indexes     stored rows, none      as received, indexes   new ones, append/s");
        foreach (var batchSize in BatchSizes)
        {
            var times = new List<AppendTimes>();
            for (var round = 0; round < rounds; round++)
                times.Add(await MeasureAsync(server, all, warmUps, batchSize, cancellationToken));
            double Rate(int count, Func<AppendTimes, double> seconds) => count / times.Select(seconds).Order().ElementAt(rounds / 2);
            var (append, atOnce) = (Rate(events, t => t.Append), Rate(events, t => t.AtOnce));
            string Of(double copy) =>
                string.Create(CultureInfo.InvariantCulture, $"{copy,10:N0}/s ({append / copy:F2}, {atOnce / copy:F2})");
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {batchSize,5} {append,10:N0} {atOnce,14:N0} {Of(Rate(events, t => t.CopyIndexed)),28} " +
                $"{Of(Rate(events, t => t.CopyBare)),28} {Of(Rate(events, t => t.CopyReceived)),28} {Rate(warmUps, t => t.WarmUp),20:N0}"));
        }
    }

    private static async Task<AppendTimes> MeasureAsync(
        LocalPostgres server, List<GitHubEvent> events, int warmUps, int batchSize, CancellationToken cancellationToken)
    {
        await using var log = await PostgresLog.CreateAsync(server, cancellationToken);
        var warmUp = await TimeAsync(() => log.AppendAsync(events.Take(warmUps), batchSize, cancellationToken));
        var append = await TimeAsync(() => log.AppendAsync(events.Skip(warmUps), batchSize, cancellationToken));

        await using var busy = await PostgresLog.CreateAsync(server, cancellationToken);
        await busy.AppendAsync(events.Take(warmUps), batchSize, cancellationToken);
        var atOnce = await TimeAsync(() => busy.AppendAsync(events.Skip(warmUps), batchSize, cancellationToken, atOnce: 3));

        var copy = new PlainCopy(log.ConnectionString);
        var stored = await copy.ReadStoredAsync(cancellationToken);
        var received = stored.Zip(events, (row, e) => row with { Json = e.Json.ToArray() }).ToList();
        async Task<double> CopyAsync(List<StoredRow> rows, bool withIndexes)
        {
            await copy.MakeTableAsync(withIndexes, cancellationToken);
            await copy.CopyAsync(rows.Take(warmUps), batchSize, cancellationToken);
            return await TimeAsync(() => copy.CopyAsync(rows.Skip(warmUps), batchSize, cancellationToken));
        }

        return new(append, atOnce, await CopyAsync(stored, true), await CopyAsync(stored, false), await CopyAsync(received, true), warmUp);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
