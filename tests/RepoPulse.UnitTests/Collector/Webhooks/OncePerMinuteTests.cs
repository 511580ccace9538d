using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector.Webhooks;

namespace RepoPulse.UnitTests.Collector.Webhooks;

public sealed class OncePerMinuteTests
{
    [Fact]
    public void The_first_passes_and_the_next_a_minute_later_with_the_number_of_those_between()
    {
        var time = new FakeTimeProvider();
        var gate = new OncePerMinute(time);
        Assert.True(gate.TryPass(out var held));
        Assert.Equal(0, held);
        for (var i = 0; i < 59; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(gate.TryPass(out _));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(gate.TryPass(out held));
        Assert.Equal(59, held);
        Assert.False(gate.TryPass(out _));
    }
}
