namespace RepoPulse.UnitTests.Core.Events;

public sealed class EventTimeRangeTests
{
    [Theory]
    [InlineData(300_000_000_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public void A_number_of_microseconds_outside_the_range_is_no_time(long micros) =>
        Assert.False(EventTimeRange.TryFromMicros(micros, out _));

    [Fact]
    public void The_first_time_is_inside_and_the_last_is_not()
    {
        Assert.True(EventTimeRange.TryFromMicros(Micros.Floor(EventTimeRange.Earliest), out var first));
        Assert.Equal(EventTimeRange.Earliest, first);
        Assert.True(EventTimeRange.TryFromMicros(Micros.Floor(EventTimeRange.Latest) - 1, out _));
        Assert.False(EventTimeRange.TryFromMicros(Micros.Floor(EventTimeRange.Latest), out _));
    }
}
