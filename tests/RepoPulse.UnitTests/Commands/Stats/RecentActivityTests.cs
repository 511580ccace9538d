using RepoPulse.Commands.Stats;

namespace RepoPulse.UnitTests.Commands.Stats;

public sealed class RecentActivityTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 8, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_stretch_is_the_one_that_is_under_way_and_all_are_a_week()
    {
        var since = RecentActivity.Since(Now);

        Assert.Equal(new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), since);
        Assert.Equal(TimeSpan.FromDays(7), RecentActivity.Buckets * RecentActivity.Bucket);
    }

    [Theory]
    [InlineData(null, 0, 3)]
    [InlineData(0, 0, 0)]
    [InlineData(12, 0, 1)]
    [InlineData(23, 0, 1)]
    [InlineData(24, 0, 2)]
    [InlineData(240, 0, 3)]
    [InlineData(240, 1, 0)]
    public void Unknown_are_the_stretches_before_anything_is_known_or_happened_but_not_those_before_a_gap(int? hours, int gaps, int unknown)
    {
        var since = RecentActivity.Since(Now);
        var activity = new RecentActivity(since);
        activity.Add(since.AddHours(36), "PushEvent", 1);

        Assert.Equal(
            unknown, activity.Unknown(new CoverageDocument { From = hours is { } known ? since.AddHours(known) : null, Gaps = gaps }));
    }

    [Fact]
    public void Events_count_in_their_stretch_for_their_type_and_for_all()
    {
        var since = RecentActivity.Since(Now);
        var activity = new RecentActivity(since);
        activity.Add(since, "PushEvent", 2);
        activity.Add(since, "WatchEvent", 1);
        activity.Add(since.AddHours(12 * 13), "PushEvent", 5);
        activity.Add(since.AddHours(-12), "PushEvent", 7);
        activity.Add(since.AddHours(12 * 14), "PushEvent", 7);

        Assert.Equal([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], activity.Of("*").ToArray());
        Assert.Equal([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], activity.Of("PushEvent").ToArray());
        Assert.Equal(new long[14], activity.Of("ForkEvent").ToArray());
    }
}
