using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.Benchmarks;

/// <summary>The store itself, as an import uses it: size of the file, appends, a fold's start, a page of history, retention.</summary>
internal sealed class PayloadStore(TextWriter output)
{
    private const int Batch = 1_000;

    public async Task RunAsync(string title, List<GitHubEvent> events, int inFlight)
    {
        var folder = Directory.CreateTempSubdirectory("repopulse-bench-").FullName;
        try
        {
            await RunAsync(title, events, inFlight, Path.Combine(folder, "events.db"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProvider Open(string path) =>
        new ServiceCollection().AddSqliteStorage($"Data Source={path}").BuildServiceProvider();

    private async Task RunAsync(string title, List<GitHubEvent> events, int inFlight, string path)
    {
        var raw = events.Sum(e => (long)e.Json.Length);
        TimeSpan append, again;
        await using (var services = Open(path))
        {
            await services.GetRequiredService<SqliteDatabase>().OpenAsync(default);
            append = await AppendAsync(services, events, inFlight);
            again = await AppendAsync(services, events, inFlight);
        }

        var size = new FileInfo(path).Length;
        await using (var services = Open(path))
        {
            var fold = await TimeAsync(() => FoldAsync(services));
            var busiest = events.GroupBy(e => e.RepositoryId).MaxBy(group => group.Count())!.Key;
            var query = new HistoryQuery { RepositoryId = busiest, Limit = 100 };
            var history = services.GetRequiredService<IEventHistory>();
            await history.ReadAsync(query, default);
            var page = await TimeAsync(async () => await history.ReadAsync(query, default));
            var catalog = await TimeAsync(async () => await services.GetRequiredService<IRepositoryCatalog>().ReadChangesAsync(0, default));
            var (steps, longest) = await DeleteAsync(services);
            output.WriteLine(
                $"| {title} | {inFlight} | {events.Count:N0} | {size:N0} | {100.0 * size / raw:F1} % | {size / events.Count} | " +
                $"{Rate(events, append)} | {Rate(events, again)} "
                + $"| {fold.TotalMilliseconds:F0} | {page.TotalMilliseconds:F2} | {catalog.TotalMilliseconds:F0} | " +
                    $"{longest.TotalMilliseconds:F0} (of {steps}) |");
        }
    }

    public void WriteHeader()
    {
        output.WriteLine(
            "\n| store | appends in flight | events | bytes of the file | of the JSON | bytes an event | appended, events/s | again, " +
            "events/s "
            + "| fold of all, ms | 100 newest of the busiest, ms | catalog, ms | longest step of retention, ms |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    private static string Rate(List<GitHubEvent> events, TimeSpan elapsed) => $"{events.Count / elapsed.TotalSeconds:N0}";

    private static Task<TimeSpan> AppendAsync(ServiceProvider services, List<GitHubEvent> events, int inFlight)
    {
        var writer = services.GetRequiredService<IEventLogWriter>();
        return TimeAsync(async () =>
        {
            var running = new Queue<Task>();
            foreach (var batch in events.Chunk(Batch))
            {
                if (running.Count == inFlight)
                    await running.Dequeue();
                running.Enqueue(writer.AppendAsync(batch, EventSource.Import, default).AsTask());
            }

            await Task.WhenAll(running);
        });
    }

    private static async Task FoldAsync(ServiceProvider services)
    {
        await foreach (var _ in services.GetRequiredService<IEventLogReader>().ReadSinceAsync(DateTimeOffset.MinValue, Batch, default))
        {
        }
    }

    private static async Task<(int Steps, TimeSpan Longest)> DeleteAsync(ServiceProvider services)
    {
        var (steps, longest, deleted) = (0, TimeSpan.Zero, 1);
        for (; deleted > 0; steps++)
        {
            var step = await TimeAsync(async () => deleted = await services
                .GetRequiredService<IEventRetention>()
                .DeleteStepAsync(DateTimeOffset.MaxValue, default));
            longest = step > longest ? step : longest;
        }

        return (steps, longest);
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start);
    }
}
