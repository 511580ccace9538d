using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>Processes that share one database file; the first of the commands collects, and the last is the one whose API is asked.</summary>
internal sealed class ProcessDeployment(params string[] commands) : IDeployment
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RepoPulseProcess> _processes = [];

    public Uri Collector { get; private set; } = null!;

    public async Task<Uri> StartAsync(params string[] settings)
    {
        Uri? api = null;
        foreach (var command in commands)
        {
            var urls = command == "collect" ? "--Collector:Urls=http://127.0.0.1:0" : "--Api:Urls=http://127.0.0.1:0";
            var process = RepoPulseProcess.StartIn(_folder.Path, [command, _folder.Database, urls, .. settings]);
            _processes.Add(process);
            api = await process.ListeningAsync();
            if (command == commands[0])
                Collector = api;
        }

        return api!;
    }

    public async Task RunAsync(params string[] arguments)
    {
        var (exitCode, _, errors) = await RepoPulseProcess.RunAsync([.. arguments, _folder.Database]);
        Assert.True(exitCode == 0, errors);
    }

    public async Task KillAsync()
    {
        foreach (var process in _processes)
            await process.KillAsync();
        _processes.Clear();
    }

    public async Task<IReadOnlyList<int>> StopAsync()
    {
        foreach (var process in _processes)
            await process.SignalAsync("TERM");
        var codes = new List<int>();
        foreach (var process in _processes)
            codes.Add((await process.EndAsync()).ExitCode);
        _processes.Clear();
        return codes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _folder.Dispose();
    }
}
