using GitHubSimulator;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Dashboard;

/// <summary>The real executable, watching three repositories of a simulated GitHub.</summary>
public sealed class DashboardServer : IAsyncLifetime
{
    public const int Events = 40;

    private readonly TemporaryFolder _folder = new();
    private SimulatorServer _gitHub = null!;
    private RepoPulseProcess _process = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var world = new GitHubWorld(TimeProvider.System, new WorldOptions { AcceptAnyToken = true });
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (name, minutes) in new[] { ("octo/quick", 1), ("octo/slow", 30), ("tools/middling", 7) })
            for (var i = Events; i > 0; i--)
                world.Repository(name).Add(i % 4 == 0 ? "PushEvent" : "WatchEvent", now.AddMinutes(-i * minutes));
        _gitHub = await SimulatorServer.StartAsync(world);
        _process = RepoPulseProcess.StartIn(
            _folder.Path, "run", "--repository", "octo/quick", "--repository", "octo/slow", "--repository", "tools/middling", _folder.Database,
            $"--GitHub:ApiUrl={_gitHub.BaseAddress}", "--GitHub:Tokens=token", "--Api:Urls=http://127.0.0.1:0");
        Address = await _process.ListeningAsync();
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.GetAsync(() => http.GetStringAsync("/api/v1/repositories"), text => text.Split($"\"events\":{Events}").Length == 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _gitHub.DisposeAsync();
        _folder.Dispose();
    }
}
