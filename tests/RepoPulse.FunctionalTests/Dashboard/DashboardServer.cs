using GitHubSimulator;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Dashboard;

/// <summary>
/// The real executable, watching repositories of a simulated GitHub: three with a past, and one in which nothing happened yet.
/// </summary>
public sealed class DashboardServer : IAsyncLifetime
{
    /// <summary>How many events each repository with a past has.</summary>
    public const int Events = 40;

    /// <summary>In which nothing happens but by <see cref="Star"/>.</summary>
    public const string Quiet = "tools/quiet";

    private readonly TemporaryFolder _folder = new();
    private SimulatedRepository _quiet = null!;
    private SimulatorServer _gitHub = null!;
    private RepoPulseProcess _process = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var world = new GitHubWorld(
            TimeProvider.System, new WorldOptions { AcceptAnyToken = true, PollInterval = TimeSpan.FromSeconds(1) });
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (name, minutes) in new[] { ("octo/quick", 1), ("octo/slow", 30), ("tools/middling", 7) })
            for (var i = Events; i > 0; i--)
                world.Repository(name).Add(i % 4 == 0 ? "PushEvent" : "WatchEvent", now.AddMinutes(-i * minutes));
        _quiet = world.Repository(Quiet);
        _gitHub = await SimulatorServer.StartAsync(world);
        _process = RepoPulseProcess.StartIn(
            _folder.Path, "run", "--repository", "octo/quick", "--repository", "octo/slow", "--repository", "tools/middling",
            "--repository", Quiet, _folder.Database,
            $"--GitHub:ApiUrl={_gitHub.BaseAddress}", "--GitHub:Tokens=token", "--Collector:MinPollInterval=00:00:01",
            "--Collector:MaxPollInterval=00:00:02",
            "--Api:Urls=http://127.0.0.1:0");
        Address = await _process.ListeningAsync();
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.GetAsync(
            () => http.GetStringAsync("/api/v1/repositories"), text => text.Split($"\"events\":{Events}").Length == 4);
    }

    /// <summary>Somebody stars the quiet repository, now.</summary>
    internal void Star() => _quiet.Add("WatchEvent", TimeProvider.System.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _gitHub.DisposeAsync();
        _folder.Dispose();
    }
}
