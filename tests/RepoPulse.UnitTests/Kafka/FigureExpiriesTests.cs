using RepoPulse.Kafka;

namespace RepoPulse.UnitTests.Kafka;

public sealed class FigureExpiriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly SnapshotExpiries _expiries = new();

    [Fact]
    public void The_first_that_ran_out_is_reported_until_its_successor_comes()
    {
        _expiries.Set(1, Noon.AddHours(2));
        _expiries.Set(2, Noon.AddHours(1));
        _expiries.Set(3, null);
        Assert.Equal(2, _expiries.Count);
        Assert.Null(_expiries.FirstBefore(Noon.AddHours(1)));
        Assert.Equal(Noon.AddHours(1), _expiries.FirstBefore(Noon.AddHours(1).AddTicks(1)));
        Assert.Equal(Noon.AddHours(1), _expiries.FirstBefore(Noon.AddHours(3)));

        _expiries.Set(2, Noon.AddHours(4));
        Assert.Equal(Noon.AddHours(2), _expiries.FirstBefore(Noon.AddHours(3)));
        _expiries.Set(1, null);
        Assert.Null(_expiries.FirstBefore(Noon.AddHours(3)));
        Assert.Equal(Noon.AddHours(4), _expiries.FirstBefore(Noon.AddHours(5)));
    }

    [Fact]
    public void One_that_runs_out_earlier_than_it_was_to_is_not_missed()
    {
        _expiries.Set(1, Noon.AddHours(5));
        _expiries.Set(1, Noon.AddHours(1));
        Assert.Equal(Noon.AddHours(1), _expiries.FirstBefore(Noon.AddHours(2)));
        _expiries.Set(1, Noon.AddHours(6));
        Assert.Null(_expiries.FirstBefore(Noon.AddHours(6)));
        Assert.Equal(Noon.AddHours(6), _expiries.FirstBefore(Noon.AddHours(7)));
    }

    [Fact]
    public void However_often_a_repository_is_noted_it_takes_one_place()
    {
        for (var second = 0; second < 10_000; second++)
            _expiries.Set(second % 2, Noon.AddSeconds(second));
        Assert.Equal((2, 2), (_expiries.Count, _expiries.Queued));
        Assert.Equal(Noon.AddSeconds(9_998), _expiries.FirstBefore(Noon.AddDays(1)));
    }
}
