using System.Diagnostics;

namespace RepoPulse.TestServers;

/// <summary>
/// The shell that keeps a server, by a script of that server's (supervise.sh), which prints its folder, and then a line for each order.
/// Its input ends with this process, however that ends, and the server with its input; a signal that the system sends at a parent's death
/// would not do, as it comes when the thread that started the child ends.
/// </summary>
internal sealed class ServerSupervisor : IAsyncDisposable
{
    private readonly string _server;
    private readonly Process _shell;
    private readonly SemaphoreSlim _turn = new(1);
    private bool _disposed;

    private ServerSupervisor(string server, Process shell)
    {
        _server = server;
        _shell = shell;
    }

    /// <summary>Where the server's files are.</summary>
    public string Folder { get; private set; } = "";

    /// <param name="server">The folder beside this file that its script is in.</param>
    /// <param name="user">Who the server runs as where this process is root; null for the same.</param>
    public static async Task<ServerSupervisor> StartAsync(
        string server, string? user, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // In a session of its own: Ctrl-C, and whatever else ends a group of processes, must leave it the time to end the server and to
        // delete the folder.
        string[] command = ["setsid", .. As(user), "sh", "-c", ReadScript(server), "supervise.sh", .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        var supervisor = new ServerSupervisor(server, Process.Start(start)!);
        var errors = supervisor._shell.StandardError.ReadToEndAsync(CancellationToken.None);
        if (await supervisor._shell.StandardOutput.ReadLineAsync(cancellationToken) is { } folder)
        {
            supervisor.Folder = folder;
            return supervisor;
        }

        await supervisor.DisposeAsync();
        throw new InvalidOperationException($"A folder for {server} cannot be made: {await errors}");
    }

    /// <summary>Responds once the order was carried out, which for a start is before the server responds.</summary>
    public async Task OrderAsync(string order, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _shell.StandardInput.WriteLineAsync(order.AsMemory(), cancellationToken);
            await _shell.StandardInput.FlushAsync(cancellationToken);
            _ = await _shell.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException($"The supervisor of {_server} ended.");
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

    private static string[] As(string? user)
    {
        if (user is null || !Environment.IsPrivilegedProcess)
            return [];
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToDictionary(fields => fields[0], StringComparer.Ordinal);
        var found = users.GetValueOrDefault(user) ?? users["nobody"];
        return ["setpriv", $"--reuid={found[2]}", $"--regid={found[3]}", "--clear-groups"];
    }

    private static string ReadScript(string server)
    {
        using var reader = new StreamReader(typeof(ServerSupervisor).Assembly.GetManifestResourceStream($"{server}/supervise.sh")!);
        return reader.ReadToEnd();
    }
}
