using RepoPulse.Collector.Polling;

namespace RepoPulse.UnitTests.Collector.Polling;

public sealed class PollQueueTests
{
    private static readonly TimeSpan Noon = TimeSpan.FromHours(12);

    private readonly PollQueue _queue = new(
        feed => feed.ToString().Contains("slow", StringComparison.Ordinal) ? "slow" : "fast", maxOfGroup: 2);

    [Fact]
    public void The_longest_overdue_comes_first_and_what_is_not_due_does_not_come()
    {
        Set("a", 2);
        Set("b", 1);
        Set("c", 4);

        Assert.Equal(["b", "a"], BeginAll(3));
        Assert.Equal(Noon + TimeSpan.FromMinutes(4), _queue.NextDue);
    }

    [Fact]
    public void A_group_that_is_slow_does_not_hold_up_another()
    {
        foreach (var name in (string[])["slow1", "slow2", "slow3", "slow4"])
            Set(name, 0);
        Set("fast1", 1);

        Assert.Equal(["slow1", "slow2", "fast1"], BeginAll(1));

        _queue.End(Feed("slow1"), Noon + TimeSpan.FromHours(1));
        Assert.Equal(["slow3"], BeginAll(1));
        _queue.End(Feed("slow3"), null);
        _queue.End(Feed("slow2"), null);
        Assert.Equal(["slow4"], BeginAll(1));
    }

    [Fact]
    public void A_feed_is_not_polled_twice_at_once_and_not_when_it_was_removed()
    {
        Set("a", 0);
        Set("a", 0);
        Set("b", 0);
        _queue.Remove(Feed("b"));

        Assert.Equal(["a"], BeginAll(1));
        _queue.End(Feed("a"), Noon + TimeSpan.FromMinutes(5));
        Assert.Empty(BeginAll(4));
        Assert.Equal(["a"], BeginAll(5));
        Assert.Equal(1, _queue.UnderWay);
    }

    [Fact]
    public void A_feed_that_came_back_while_it_was_polled_goes_on_when_its_poll_says()
    {
        Set("a", 0);
        BeginAll(0);
        _queue.Remove(Feed("a"));
        Set("a", 0);

        Assert.Empty(BeginAll(1));
        _queue.End(Feed("a"), Noon + TimeSpan.FromMinutes(3));
        Assert.Empty(BeginAll(2));
        Assert.Equal(["a"], BeginAll(3));
    }

    [Fact]
    public void What_is_due_later_can_be_made_due_sooner_in_the_same_order()
    {
        Set("b", 30);
        Set("c", 40);
        Set("a", 1);
        _queue.Set(Feed("gone"), null);

        _queue.Hasten(Noon + TimeSpan.FromMinutes(5));

        Assert.Equal(["a"], BeginAll(4));
        _queue.End(Feed("a"), null);
        Assert.Equal(["b", "c"], BeginAll(5));
        Assert.Empty(BeginAll(60));
    }

    [Fact]
    public void A_feed_without_a_next_poll_rests()
    {
        _queue.Set(Feed("gone"), null);

        Assert.Empty(BeginAll(10_000));
        Assert.True(_queue.Contains(Feed("gone")));
    }

    private static FeedAddress Feed(string name) => FeedAddress.OfRepository(RepositoryName.Parse($"o/{name}"));

    private void Set(string name, int minutes) => _queue.Set(Feed(name), Noon + TimeSpan.FromMinutes(minutes));

    private List<string> BeginAll(int minutes)
    {
        var begun = new List<string>();
        while (_queue.TryBegin(Noon + TimeSpan.FromMinutes(minutes), out var feed))
            begun.Add(feed.Repository.Name.ToString());
        return begun;
    }
}
