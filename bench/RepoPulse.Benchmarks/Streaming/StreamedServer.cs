using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.Benchmarks.Streaming;

/// <summary>
/// The real <c>serve</c>, ready, on an SQLite file that holds an event of every type in every repository and that the benchmark appends to.
/// </summary>
internal sealed class StreamedServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly ServiceProvider _services;

    private StreamedServer(DirectoryInfo folder, ServiceProvider services, StreamEvents events, ServiceProcess process)
    {
        _folder = folder;
        _services = services;
        Events = events;
        Process = process;
    }

    public IEventLogWriter Log => _services.GetRequiredService<IEventLogWriter>();

    public StreamEvents Events { get; }

    public ServiceProcess Process { get; }

    public static async Task<StreamedServer> StartAsync(string executable, int repositories, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("repopulse-bench-");
        var storage = $"Data Source={Path.Combine(folder.FullName, "bench.db")}";
        var services = new ServiceCollection().AddSqliteStorage(storage).BuildServiceProvider();
        var events = new StreamEvents(repositories, TimeProvider.System.GetUtcNow());
        await services.GetRequiredService<IEventLogWriter>().AppendAsync(events.OneOfEach(), EventSource.Poll, cancellationToken);
        var process = await ServiceProcess.StartAsync(
            executable, ["serve", "--Api:Urls=http://127.0.0.1:0"], cancellationToken, [$"--Storage:ConnectionString={storage}"]);
        await process.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
        return new StreamedServer(folder, services, events, process);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
