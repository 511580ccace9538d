using RepoPulse.Collector.Polling;

namespace RepoPulse.UnitTests.Collector.Polling;

public sealed class SweepProofsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_sweep_of_a_feed_that_is_not_full_proves_thirty_days()
    {
        var proof = SweepProofs.Judge(new FeedCursor(), SweepOf(Keys(299, newest: 299)));

        Assert.Equal(Now.AddDays(-30), proof.From);
        Assert.Equal(Now, proof.To);
        Assert.True(proof.Contiguous);
    }

    [Fact]
    public void A_first_sweep_of_a_full_feed_proves_the_time_since_its_oldest_event()
    {
        var proof = SweepProofs.Judge(new FeedCursor(), SweepOf(Keys(300, newest: 300)));

        Assert.Equal(Key(1).CreatedAt, proof.From);
        Assert.True(proof.Contiguous);
    }

    [Fact]
    public void Rows_shown_twice_while_pages_shift_still_fill_the_feed()
    {
        var keys = Keys(299, newest: 299);
        var proof = SweepProofs.Judge(new FeedCursor(), SweepOf([.. keys, keys[0]]));

        Assert.Equal(Key(1).CreatedAt, proof.From);
    }

    [Fact]
    public void A_full_feed_that_overlaps_the_last_sweep_is_contiguous()
        => Assert.True(SweepProofs.Judge(After(Keys(300, newest: 1000)), SweepOf(Keys(300, newest: 1200))).Contiguous);

    [Fact]
    public void A_full_feed_that_holds_none_of_the_last_sweep_overflowed()
    {
        var proof = SweepProofs.Judge(After(Keys(300, newest: 1000)), SweepOf(Keys(300, newest: 1400)));

        Assert.False(proof.Contiguous);
        Assert.Contains("overflowed", proof.GapReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_begins_with_the_last_sweep_or_where_that_lies_ahead_with_the_newest_event_that_it_knew()
    {
        var last = After(Keys(300, newest: 1000), Key(1001).CreatedAt);
        var sweep = SweepOf(Keys(300, newest: 1400));
        Assert.Equal(last.LastSweptAt, SweepProofs.Judge(last, sweep).BelievedUntil);

        // All that happened since the last sweep is shown and none of what it knew: it was earlier than it says.
        Assert.Equal(Key(1000).CreatedAt, SweepProofs.Judge(last with { LastSweptAt = Key(1390).CreatedAt }, sweep).BelievedUntil);

        var ahead = last with { LastSweptAt = Now.AddHours(1) };
        Assert.Equal(Key(1000).CreatedAt, SweepProofs.Judge(ahead, sweep).BelievedUntil);
        Assert.Null(SweepProofs.Judge(ahead with { Known = [] }, sweep).BelievedUntil);
    }

    [Fact]
    public void A_sweep_is_of_the_time_that_GitHubs_clock_said()
    {
        var sweep = SweepOf(Keys(300, newest: 1200));
        sweep.AsOf = Now.AddHours(-1);

        Assert.Equal(Now.AddHours(-1), SweepProofs.Judge(After(Keys(300, newest: 1000)), sweep).To);
    }

    [Fact]
    public void One_straggler_is_no_overlap()
    {
        var last = Keys(300, newest: 1000);

        Assert.False(SweepProofs.Judge(After(last), SweepOf([.. Keys(299, newest: 1400), last[^1]])).Contiguous);
    }

    [Fact]
    public void Of_few_known_events_half_must_still_be_there()
    {
        var last = Keys(5, newest: 1000);

        Assert.True(SweepProofs.Judge(After(last), SweepOf([.. Keys(297, newest: 1300), .. last[..3]])).Contiguous);
        Assert.False(SweepProofs.Judge(After(last), SweepOf([.. Keys(298, newest: 1300), .. last[..2]])).Contiguous);
    }

    [Fact]
    public void A_feed_that_shows_nothing_of_what_it_showed_proves_nothing()
    {
        var sweep = SweepOf(Keys(20, newest: 1300));

        Assert.True(SweepProofs.IsSuspect(After(Keys(20, newest: 1000)), sweep));
        Assert.False(SweepProofs.Judge(After(Keys(20, newest: 1000)), sweep).Contiguous);
        Assert.False(SweepProofs.IsSuspect(After(Keys(20, newest: 1281)), sweep));
    }

    [Fact]
    public void A_feed_may_forget_what_is_older_than_it_reaches_back()
    {
        EventKey[] old = [new(EventId.FromGitHub(1), Now.AddDays(-29.9))];

        Assert.False(SweepProofs.IsSuspect(After(old), SweepOf([])));
        Assert.True(SweepProofs.Judge(After(old), SweepOf([])).Contiguous);
    }

    [Fact]
    public void A_full_feed_after_an_empty_one_may_have_overflowed()
        => Assert.False(SweepProofs.Judge(After([]), SweepOf(Keys(300, newest: 1300))).Contiguous);

    [Fact]
    public void A_straggler_at_the_end_of_an_overflowed_feed_does_not_move_the_proof_back()
    {
        EventKey[] keys = [.. Keys(299, newest: 1400), Key(3)];
        var proof = SweepProofs.Judge(After(Keys(300, newest: 1000)), SweepOf(keys));

        Assert.Equal(keys[200].CreatedAt, proof.From);
    }

    [Fact]
    public void A_feed_that_is_not_full_is_contiguous_unless_it_was_left_alone_for_longer_than_it_reaches_back()
    {
        // Of what it showed then, all is too old to be shown now.
        EventKey[] known = [.. Enumerable.Range(0, 20).Select(i => new EventKey(EventId.FromGitHub(i), Now.AddDays(-40)))];
        var keys = Keys(20, newest: 20);

        Assert.True(SweepProofs.Judge(After(known, Now.AddDays(-29)), SweepOf(keys)).Contiguous);
        Assert.False(SweepProofs.Judge(After(known, Now.AddDays(-30)), SweepOf(keys)).Contiguous);
    }

    private static FeedCursor After(IReadOnlyList<EventKey> keys, DateTimeOffset? sweptAt = null)
        => new() { Known = keys, LastSweptAt = sweptAt ?? Now.AddMinutes(-10) };

    /// <summary>Events numbered by the minute, the newest first.</summary>
    private static EventKey[] Keys(int count, int newest)
        => [.. Enumerable.Range(0, count).Select(i => Key(newest - i))];

    private static EventKey Key(int number) => new(EventId.FromGitHub(number), Now.AddMinutes(number - 2000));

    private static Sweep SweepOf(EventKey[] keys)
    {
        var sweep = new Sweep(Now, "token");
        sweep.Repeat(new FeedPage(null, keys.Length, null), keys);
        sweep.MarkReadToEnd();
        return sweep;
    }
}
