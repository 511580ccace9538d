using RepoPulse.Api.Activity;

namespace RepoPulse.UnitTests.Api.Shared.Queries;

public sealed class TimeBucketsTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(0, 60, 0, 1)]
    [InlineData(0, 61, 0, 2)]
    [InlineData(59, 60, 0, 1)]
    [InlineData(59, 61, 0, 2)]
    [InlineData(60, 120, 60, 1)]
    [InlineData(-1, 0, -60, 1)]
    [InlineData(-1, 1, -60, 2)]
    [InlineData(-60, 0, -60, 1)]
    [InlineData(-61, 0, -120, 2)]
    [InlineData(30, 30, 0, 0)]
    [InlineData(30, 10, 0, 0)]
    public void Those_that_a_time_touches_are_counted(int since, int until, int first, int count)
    {
        var buckets = TimeBuckets.Between(Epoch.AddSeconds(since), Epoch.AddSeconds(until), TimeSpan.FromMinutes(1));

        Assert.Equal((Epoch.AddSeconds(first), count), (buckets.First, buckets.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(366)]
    public void The_whole_calendar_has_them(int days)
    {
        var length = TimeSpan.FromDays(days);

        var buckets = TimeBuckets.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, length);

        Assert.Equal(0, (buckets.First - Epoch).Ticks % length.Ticks);
        Assert.InRange(buckets.First, DateTimeOffset.MinValue, DateTimeOffset.MinValue + length);
        Assert.InRange(DateTimeOffset.MaxValue - buckets.Start(buckets.Count - 1), TimeSpan.Zero, length);
        Assert.Equal(0, TimeBuckets.Between(DateTimeOffset.MinValue, DateTimeOffset.MinValue, length).Count);
    }
}
