using RepoPulse.Commands;

namespace RepoPulse.UnitTests.Commands;

internal sealed class FakeTermination : ITermination, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Requested => _source.Token;

    public int ExitCode { get; private set; }

    public void Request(int exitCode)
    {
        ExitCode = exitCode;
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
