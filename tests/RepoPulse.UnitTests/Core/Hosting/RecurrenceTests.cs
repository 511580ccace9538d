using RepoPulse.Core.Hosting;

namespace RepoPulse.UnitTests.Core.Hosting;

public sealed class RecurrenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly Recurrence _recurrence = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void It_is_due_at_once_and_again_an_interval_after_it_was_done()
    {
        Assert.True(_recurrence.IsDue(Noon));
        _recurrence.Done(Noon);
        Assert.False(_recurrence.IsDue(Noon.AddSeconds(59)));
        Assert.True(_recurrence.IsDue(Noon.AddSeconds(60)));
    }

    [Fact]
    public void It_is_due_when_the_clock_was_set_back()
    {
        _recurrence.Done(Noon);

        Assert.True(_recurrence.IsDue(Noon.AddHours(-1)));
    }
}
