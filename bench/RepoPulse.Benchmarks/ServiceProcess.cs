using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace RepoPulse.Benchmarks;

/// <summary>The real executable as a service, in a process and a folder of its own, until it is disposed of.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private ServiceProcess(DirectoryInfo folder, Process process, Uri address)
    {
        _folder = folder;
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public int Threads
    {
        get
        {
            _process.Refresh();
            return _process.Threads.Count;
        }
    }

    /// <summary>
    /// The most memory that it ever had, as the kernel noted it (VmHWM): .NET's own peak is that of the moments at which somebody asked.
    /// </summary>
    public long PeakBytes
    {
        get
        {
            const string Peak = "VmHWM:";
            var line = File
                .ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
                .Single(line => line.StartsWith(Peak, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(Peak.Length).Trim().TrimEnd("kB").TrimEnd(), CultureInfo.InvariantCulture) << 10;
        }
    }

    /// <param name="executable">The built repopulse.dll.</param>
    /// <param name="storage">Options that name a database; a new SQLite file where they are left out.</param>
    public static async Task<ServiceProcess> StartAsync(
        string executable, string[] arguments, CancellationToken cancellationToken, string[]? storage = null)
    {
        const string ListeningAt = "Listening at ";
        var folder = Directory.CreateTempSubdirectory("repopulse-bench-");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder.FullName
        };
        foreach (var argument in (string[])[Path.GetFullPath(executable), .. arguments, .. storage
            ?? ["--Storage:ConnectionString=Data Source=bench.db"]])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf(ListeningAt, StringComparison.Ordinal);
            said.AppendLine(line);
            if (at < 0)
                continue;
            // Whatever it says from here on must not fill the pipe.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new ServiceProcess(folder, process, new Uri(line[(at + ListeningAt.Length)..]));
        }

        throw new InvalidOperationException($"It ended before it listened: {said}");
    }

    /// <param name="interval">How often it is asked.</param>
    public async Task WaitUntilReadyAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"It ended with {_process.ExitCode} before it was ready.");
            using var answer = await http.GetAsync(new Uri(Address, "health/ready"), cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(interval, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Asks it to end (SIGTERM), and waits until it has.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
