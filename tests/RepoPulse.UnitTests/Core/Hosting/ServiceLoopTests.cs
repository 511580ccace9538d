using Microsoft.Extensions.Time.Testing;
using RepoPulse.Core.Hosting;

namespace RepoPulse.UnitTests.Core.Hosting;

public sealed class ServiceLoopTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly List<string> _reports = [];

    [Fact]
    public async Task Transient_failures_are_reported_and_waited_out_with_doubling_waits_up_to_the_maximum()
    {
        using var stopping = new CancellationTokenSource();
        var iterations = 0;

        await _time.DriveAsync(RunAsync(
            _ =>
            {
                if (++iterations > 9)
                    stopping.Cancel();
                throw new IOException("down");
            },
            stopping.Token));

        Assert.Equal(10, _waits.Count);
        for (var i = 0; i < 10; i++)
        {
            var ceiling = Math.Min(60, Math.Pow(2, i));
            Assert.InRange(_waits[i].TotalSeconds, ceiling / 2, ceiling);
        }
    }

    [Fact]
    public async Task Success_ends_the_doubling()
    {
        using var stopping = new CancellationTokenSource();
        var iterations = 0;

        await _time.DriveAsync(RunAsync(
            _ =>
            {
                iterations++;
                if (iterations == 6)
                    stopping.Cancel();
                return iterations == 4 ? default : throw new IOException("down");
            },
            stopping.Token));

        Assert.InRange(_waits[3].TotalSeconds, 0.5, 1);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_ends_the_loop_loudly()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync(_ => throw new InvalidOperationException("broken"), CancellationToken.None));
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task An_outage_is_reported_once_when_it_begins_and_once_when_it_is_over()
    {
        using var stopping = new CancellationTokenSource();
        var attempts = 0;

        await _time.DriveAsync(RunAsync(
            async _ =>
            {
                // Down, down, up, up, down, up.
                if (attempts++ is 0 or 1 or 4)
                    throw new IOException("down");
                if (attempts == 6)
                    await stopping.CancelAsync();
            },
            stopping.Token));

        Assert.Equal(["lost", "still lost", "found", "lost", "found"], _reports);
    }

    [Fact]
    public async Task Cancellation_by_anything_else_is_a_failure_like_any_other()
    {
        await Assert.ThrowsAsync<TaskCanceledException>(() => RunAsync(_ => throw new TaskCanceledException(), CancellationToken.None));
    }

    [Fact]
    public async Task Stopping_ends_the_loop_quietly_even_while_it_waits()
    {
        using var stopping = new CancellationTokenSource();
        var running = RunAsync(_ => throw new IOException("down"), stopping.Token);

        await stopping.CancelAsync();

        await running;
        Assert.Single(_waits);
    }

    private async Task<bool> RunAsync(Func<CancellationToken, ValueTask> iterate, CancellationToken stopping)
    {
        var reports = new OutageReports
        {
            Lost = (_, wait) => { _waits.Add(wait); _reports.Add("lost"); },
            StillLost = (_, wait) => { _waits.Add(wait); _reports.Add("still lost"); },
            Found = _ => _reports.Add("found"),
        };
        await new ServiceLoop(_time, new Random(7), reports, new() { IsTransient = e => e is IOException }).RunAsync(iterate, stopping);
        return true;
    }
}
