using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>One service of a deployment, which may end and be started again.</summary>
/// <param name="name">Distinguishes it from others of its command on this machine.</param>
internal sealed class Service(string command, string name) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private RepoPulseProcess? _process;

    public string Command => command;

    public string Name => name;

    public bool Collects => command is "run" or "collect";

    public bool Serves => command is "run" or "serve";

    public bool IsRunning => _process is not null;

    /// <summary>Where it listens since it was last started.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it wrote since it was last started.</summary>
    public string Log => _process?.Errors ?? "";

    public async Task StartAsync(IEnumerable<string> settings)
    {
        string[] urls = command switch
        {
            "collect" => ["--Collector:Urls=http://127.0.0.1:0", $"--Collector:Name={name}"],
            "aggregate" => ["--Aggregator:Urls=http://127.0.0.1:0"],
            "archive" => ["--Archiver:Urls=http://127.0.0.1:0"],
            _ => ["--Api:Urls=http://127.0.0.1:0"],
        };
        _process = RepoPulseProcess.StartIn(_folder.Path, [command, .. urls, .. settings]);
        Address = await _process.ListeningAsync();
    }

    /// <summary>Without notice.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }

    public Task AskToEndAsync() => _process!.SignalAsync("TERM");

    public async Task<int> EndAsync()
    {
        var (exitCode, _, _) = await _process!.EndAsync();
        await KillAsync();
        return exitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }
}
