using System.Runtime.InteropServices;
using RepoPulse.Commands;

namespace RepoPulse.UnitTests.Commands;

public sealed class TerminationSignalsTests
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void The_first_signal_asks_for_an_end_and_is_remembered(PosixSignal signal, int code)
    {
        var exits = new List<int>();
        using var signals = new TerminationSignals(exits.Add);
        Assert.Equal(0, signals.ExitCode);
        Assert.False(signals.Requested.IsCancellationRequested);

        signals.Receive(signal);

        Assert.Equal(code, signals.ExitCode);
        Assert.True(signals.Requested.IsCancellationRequested);
        Assert.Empty(exits);
    }

    [Fact]
    public void A_second_signal_ends_the_process_at_once()
    {
        var exits = new List<int>();
        using var signals = new TerminationSignals(exits.Add);

        signals.Receive(PosixSignal.SIGINT);
        signals.Receive(PosixSignal.SIGTERM);

        Assert.Equal([143], exits);
        Assert.Equal(130, signals.ExitCode);
    }
}
