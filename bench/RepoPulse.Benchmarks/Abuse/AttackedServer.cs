using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.Benchmarks.Abuse;

/// <summary>
/// The real <c>serve</c> on an SQLite file of its own that the benchmark appends to, and what is measured of it under an attack.
/// </summary>
internal sealed class AttackedServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("repopulse-bench-");
    private readonly ServiceProvider _services;
    private long _id;

    private AttackedServer() =>
        _services = new ServiceCollection().AddSqliteStorage(Storage).BuildServiceProvider();

    public ServiceProcess Process { get; private set; } = null!;

    private string Storage => $"Data Source={Path.Combine(_folder.FullName, "bench.db")}";

    /// <param name="fill">Appends what is there before the start.</param>
    public static async Task<AttackedServer> StartAsync(
        string executable, Func<AttackedServer, Task> fill, CancellationToken cancellationToken)
    {
        var server = new AttackedServer();
        await fill(server);
        server.Process = await ServiceProcess.StartAsync(
            executable, ["serve", "--Api:Urls=http://127.0.0.1:0"], cancellationToken, [$"--Storage:ConnectionString={server.Storage}"]);
        await server.Process.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
        return server;
    }

    /// <summary>
    /// Appends events of one size, a second apart, the newest now; with noise in them, so that they take their room in the database too.
    /// </summary>
    public async Task AppendAsync(int count, int bytes, Func<int, int> repositoryOf, CancellationToken cancellationToken)
    {
        const int Batch = 500;
        var now = TimeProvider.System.GetUtcNow();
        for (var done = 0; done < count; done += Batch)
        {
            var events = Enumerable.Range(done, Math.Min(Batch, count - done))
                .Select(i => Create(repositoryOf(i), bytes, now.AddSeconds(-(count - i) * Math.Min(1, 500_000.0 / count)))).ToList();
            await _services.GetRequiredService<IEventLogWriter>().AppendAsync(events, EventSource.Poll, cancellationToken);
        }
    }

    /// <summary>Attacks, and prints what it cost and what others waited meanwhile.</summary>
    /// <param name="attack">Ends when its token fires, or before.</param>
    public async Task MeasureAsync(
        string name, TimeSpan? hold, Func<CancellationToken, Task> attack, TextWriter output, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var attacking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var health = new Bystander(Process.Address, "/health/live", "health/live");
        using var statistics = new Bystander(Process.Address, "statistics", "api/v1/repositories/octo/r0/statistics");
        using var list = new Bystander(Process.Address, "10 events", "api/v1/repositories/octo/r1/events?limit=10");
        Bystander[] bystanders = [health, statistics, list];
        var (before, threads) = (Process.ResidentBytes, Process.Threads);
        var asking = bystanders.Select(bystander => bystander.AskAsync(over.Token)).ToList();
        var began = TimeProvider.System.GetTimestamp();
        var attackers = attack(attacking.Token);
        var (peak, most) = (before, threads);
        while (hold is { } time ? TimeProvider.System.GetElapsedTime(began) < time : !attackers.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            (peak, most) = (Math.Max(peak, Process.ResidentBytes), Math.Max(most, Process.Threads));
        }

        var lasted = TimeProvider.System.GetElapsedTime(began);
        await attacking.CancelAsync();
        await attackers;
        await over.CancelAsync();
        await Task.WhenAll(asking);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {lasted.TotalSeconds:F1} s: {before >> 20} MiB before, {peak >> 20} MiB at the peak, " +
            $"{Process.ResidentBytes >> 20} MiB 5 s after; {threads} threads before, {most} at most"));
        foreach (var bystander in bystanders)
            await output.WriteLineAsync($"    {bystander}");
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private GitHubEvent Create(int repository, int bytes, DateTimeOffset at)
    {
        var id = ++_id;
        var time = new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var name = string.Create(CultureInfo.InvariantCulture, $"octo/r{repository}");
        return new()
        {
            Key = new EventKey(EventId.FromGitHub(id), time),
            Type = EventType.Parse("PushEvent"),
            RepositoryId = new RepositoryId(repository + 1),
            Repository = RepositoryName.Parse(name),
            Json = Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{id}}","type":"PushEvent","repo":{"id":{{repository + 1}},"name":"{{name}}"},"payload":{"text":"{{Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes / 2))}}"},"created_at":"{{time:yyyy-MM-ddTHH:mm:ssZ}}"}""")),
        };
    }
}
