using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace RepoPulse.FunctionalTests.Processes;

/// <summary>The real executable in a process of its own. Ended, if by nothing else, when it is disposed of.</summary>
internal sealed class RepoPulseProcess : IAsyncDisposable
{
    private const string ListeningAt = "Listening at ";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;
    private readonly Task _reading;

    private RepoPulseProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _reading = ReadErrorsAsync();
    }

    /// <summary>
    /// The program, and what stands before its own arguments: the native executable that <c>REPOPULSE_TEST_EXECUTABLE</c> names, or the
    /// managed program that was built together with the tests.
    /// </summary>
    public static (string File, IReadOnlyList<string> Arguments) Program { get; } =
        Environment.GetEnvironmentVariable("REPOPULSE_TEST_EXECUTABLE") is { Length: > 0 } native
            ? (Path.GetFullPath(native), [])
            : ("dotnet", [Path.Combine(AppContext.BaseDirectory, "repopulse.dll")]);

    /// <summary>What it wrote to its standard error so far.</summary>
    public string Errors => string.Join('\n', _errors);

    public StreamWriter Input => _process.StandardInput;

    /// <summary>The most memory that it ever had (Linux).</summary>
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

    public bool HasExited => _process.HasExited;

    public static RepoPulseProcess Start(params IEnumerable<string> arguments) => StartIn(Path.GetTempPath(), arguments);

    public static RepoPulseProcess StartIn(string folder, params IEnumerable<string> arguments) => StartWith([], arguments, folder);

    /// <param name="environment">Variables beside those that this process has.</param>
    public static RepoPulseProcess StartWith(
        IEnumerable<(string Name, string Value)> environment, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        // In ms, hexadecimal. Most end within seconds: to compile again what they do often costs more than it saves them.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "3E8";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        // A shell without job control starts what runs in its background with SIGINT ignored, and children inherit that.
        foreach (var argument in Program.Arguments.Prepend(Program.File).Prepend("--default-signal=INT").Concat(arguments))
            start.ArgumentList.Add(argument);
        return new RepoPulseProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end: what it ended with, and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var process = Start(arguments);
        return await process.EndAsync();
    }

    /// <summary>Where a service listens, once it does.</summary>
    public async Task<Uri> ListeningAsync()
    {
        await Task.WhenAny(_listening.Task, _reading);
        return _listening.Task.IsCompleted
            ? await _listening.Task
            : throw new InvalidOperationException($"It ended before it listened:\n{Errors}");
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
        return (_process.ExitCode, await _output, Errors);
    }

    /// <summary>SIGKILL: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <param name="signal">Such as <c>TERM</c>.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errors.Enqueue(line);
            var at = line.IndexOf(ListeningAt, StringComparison.Ordinal);
            if (at >= 0)
                _listening.TrySetResult(new Uri(line[(at + ListeningAt.Length)..]));
        }
    }
}
