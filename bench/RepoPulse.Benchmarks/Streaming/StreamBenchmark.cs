using System.Collections.Concurrent;
using System.Globalization;

namespace RepoPulse.Benchmarks.Streaming;

/// <summary>
/// The real <c>serve</c> with many readers of its stream at once: some that read nothing, some that leave and come back with their last id.
/// What the others wait for an event, what the server takes of a core and of memory, and whether anything is lost or repeated.
/// </summary>
internal static class StreamBenchmark
{
    private const int Repositories = 5000;

    public static async Task RunAsync(string executable, int readers, int seconds, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await StreamedServer.StartAsync(executable, Repositories, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{StreamEvents.PerSecond} events/s of {Repositories:N0} repositories in {StreamEvents.BatchesPerSecond} commits a second, " +
            $"{seconds} s"));
        await MeasureAsync(server, 1, "", seconds, output, cancellationToken);
        // Twice: what the first leaves behind is not to grow.
        await MeasureAsync(server, readers, "?repository=octo/r0", seconds, output, cancellationToken);
        await MeasureAsync(server, readers, "?repository=octo/r0", seconds, output, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"  5 s later: {server.Process.ResidentBytes >> 20} MiB resident"));
    }

    /// <summary>Of ten readers one reads nothing after its start, and one leaves every few seconds and comes back.</summary>
    private static async Task MeasureAsync(
        StreamedServer server, int count, string query, int seconds, TextWriter output, CancellationToken cancellationToken)
    {
        var (log, events, serve) = (server.Log, server.Events, server.Process);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var committed = new ConcurrentDictionary<long, long>();
        var before = serve.ResidentBytes;
        var readers = Enumerable.Range(0, count)
            .Select(i => new StreamBenchmarkReader(serve.Address, query, MannerOf(i, count), committed)).ToList();
        await Task.WhenAll(readers.Select(reader => reader.ConnectAsync(cancellationToken)));
        var reading = readers.ConvertAll(reader => reader.ReadAsync(end.Token));
        var processor = serve.ProcessorTime;
        var began = TimeProvider.System.GetTimestamp();
        var peak = 0L;
        var sent = 0;
        var batches = 0;
        await foreach (var batch in events.PacedAsync(seconds, cancellationToken))
        {
            await log.AppendAsync(batch, EventSource.Poll, cancellationToken);
            var at = TimeProvider.System.GetTimestamp();
            foreach (var e in batch.Where(e => query.Length == 0 || e.RepositoryId.Value == 1))
            {
                committed[e.Key.Id.Value] = at;
                sent++;
            }

            if (++batches % StreamEvents.BatchesPerSecond == 0)
                peak = Math.Max(peak, serve.ResidentBytes);
        }

        var share = (serve.ProcessorTime - processor) / TimeProvider.System.GetElapsedTime(began);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        await end.CancelAsync();
        await Task.WhenAll(reading);
        await ReportAsync(output, readers, sent, share, before, peak);
        readers.ForEach(reader => reader.Dispose());
    }

    private static StreamBenchmarkReader.Manner MannerOf(int reader, int count) => (count >= 10, reader % 10) switch
    {
        (true, 1) => StreamBenchmarkReader.Manner.Stalled,
        (true, 2) => StreamBenchmarkReader.Manner.Leaving,
        _ => StreamBenchmarkReader.Manner.Steady,
    };

    private static async Task ReportAsync(
        TextWriter output, List<StreamBenchmarkReader> readers, int sent, double share, long before, long peak)
    {
        var delays = readers.Where(reader => reader.Reads).SelectMany(reader => reader.Delays).Order().ToArray();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {readers.Count,5} readers: {share,6:P1} of a core, {before >> 20} MiB before, {peak >> 20} MiB at most; commit to " +
            $"reader p50 {At(delays, 0.5):F0} ms, p99 {At(delays, 0.99):F0} ms, max {At(delays, 1):F0} ms"));
        var reading = readers.Where(reader => reader.Reads).ToList();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"        {sent:N0} events each: missed {reading.Sum(reader => sent - reader.Events)}, repeated " +
            $"{reading.Sum(reader => reader.Repeated)}, reconnected {reading.Sum(reader => reader.Reconnections)} times, " +
            $"{reading.Sum(reader => reader.CutOff)} of them after being cut off"));
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
