using System.Runtime.InteropServices;

namespace RepoPulse.Commands;

/// <summary>
/// Listens for Ctrl-C and SIGTERM. The first asks for an orderly end; a second, of either kind, ends the process at once.
/// </summary>
internal sealed class TerminationSignals(Action<int> exit) : ITermination, IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;

    public CancellationToken Requested => _requested.Token;

    public int ExitCode => Volatile.Read(ref _exitCode);

    public static TerminationSignals Listen()
    {
        var signals = new TerminationSignals(Environment.Exit);
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                signals.Receive(context.Signal);
            }));
        }

        return signals;
    }

    public void Receive(PosixSignal signal)
    {
        var code = signal == PosixSignal.SIGINT ? 130 : 143;
        if (Interlocked.CompareExchange(ref _exitCode, code, 0) != 0)
            exit(code);
        else
            _requested.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _requested.Dispose();
    }
}

/// <summary>The operator's wish that the process end.</summary>
internal interface ITermination
{
    /// <summary>Fires at the first signal.</summary>
    CancellationToken Requested { get; }

    /// <summary>What an interrupted command ends with: 130 after SIGINT, 143 after SIGTERM; 0 before either.</summary>
    int ExitCode { get; }
}
