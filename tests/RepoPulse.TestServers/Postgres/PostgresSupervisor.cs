using System.Diagnostics;

namespace RepoPulse.TestServers.Postgres;

/// <summary>
/// The shell that keeps a server (supervise.sh). Its input ends with this process, however that ends, and the server with its input; a signal that
/// the system sends at a parent's death would not do, as it comes when the thread that started the child ends.
/// </summary>
internal sealed class PostgresSupervisor : IAsyncDisposable
{
    private readonly Process _shell;
    private readonly SemaphoreSlim _turn = new(1);
    private bool _disposed;

    private PostgresSupervisor(Process shell) => _shell = shell;

    /// <summary>Where the server's files are; <c>log</c> is what it says.</summary>
    public string Folder { get; private set; } = "";

    public static async Task<PostgresSupervisor> StartAsync(string programs, IEnumerable<string> serverArguments, CancellationToken cancellationToken)
    {
        // In a session of its own: Ctrl-C, and whatever else ends a group of processes, must leave it the time to end the server and to delete the folder.
        string[] command = ["setsid", .. Unprivileged(), "sh", "-c", ReadScript(), "supervise.sh", programs, .. serverArguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        var supervisor = new PostgresSupervisor(Process.Start(start)!);
        var errors = supervisor._shell.StandardError.ReadToEndAsync(CancellationToken.None);
        if (await supervisor._shell.StandardOutput.ReadLineAsync(cancellationToken) is { } folder)
        {
            supervisor.Folder = folder;
            return supervisor;
        }

        await supervisor.DisposeAsync();
        throw new InvalidOperationException($"PostgreSQL's data folder cannot be made: {await errors}");
    }

    /// <summary>Answers once the order was carried out, which for a start is before the server answers.</summary>
    public async Task OrderAsync(string order, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _shell.StandardInput.WriteLineAsync(order.AsMemory(), cancellationToken);
            await _shell.StandardInput.FlushAsync(cancellationToken);
            _ = await _shell.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("PostgreSQL's supervisor ended.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(CancellationToken.None);
        _shell.Dispose();
        _turn.Dispose();
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static string[] Unprivileged()
    {
        if (!Environment.IsPrivilegedProcess)
            return [];
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToDictionary(fields => fields[0], StringComparer.Ordinal);
        var user = users.GetValueOrDefault("postgres") ?? users["nobody"];
        return ["setpriv", $"--reuid={user[2]}", $"--regid={user[3]}", "--clear-groups"];
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(PostgresSupervisor).Assembly.GetManifestResourceStream("supervise.sh")!);
        return reader.ReadToEnd();
    }
}
