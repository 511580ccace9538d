using CsCheck;

namespace RepoPulse.UnitTests.Core.Coverage;

public sealed class CoverageLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_feed_that_was_never_swept_covers_nothing()
    {
        Assert.Null(CoverageLedger.Empty.CompleteSince);
        Assert.Equal((0, TimeSpan.Zero), CoverageLedger.Empty.GapsSince(DateTimeOffset.MinValue));
    }

    [Fact]
    public void The_first_sweep_covers_what_it_reaches_back_to()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0));

        Assert.Equal([Complete(-30, 0)], ledger.Intervals);
        Assert.Equal(Noon.AddHours(-30), ledger.CompleteSince);
    }

    [Fact]
    public void A_contiguous_sweep_carries_the_proof_on_and_keeps_its_start()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Proof(-5, 1));

        Assert.Equal([Complete(-30, 1)], ledger.Intervals);
    }

    [Fact]
    public void Where_rows_could_not_be_read_the_time_around_them_is_a_gap_until_a_sweep_reads_every_row()
    {
        var stretch = new TimeStretch(Noon.AddHours(-3), Noon.AddHours(-2));
        var unread = CoverageLedger.Empty.Apply(Proof(-30, 0) with { Unreadable = [stretch] });
        CoverageInterval gap = new(stretch.From, stretch.To, CoverageState.Gap, CoverageLedger.UnreadableRows);

        Assert.Equal([Complete(-30, -3), gap, Complete(-2, 0)], unread.Intervals);
        Assert.Equal([Complete(-30, -3), gap, Complete(-2, 1)], unread.Apply(Proof(-2, 1) with { ReadsEveryRow = true }).Intervals);
        Assert.Equal([Complete(-30, -3), gap, Complete(-2, 1)], unread.Apply(Proof(-30, 1)).Intervals);
        Assert.Equal([Complete(-30, 1)], unread.Apply(Proof(-30, 1) with { ReadsEveryRow = true }).Intervals);
    }

    [Fact]
    public void A_gap_is_declared_where_the_ledger_was_complete_and_nowhere_else()
    {
        var before = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(2, 5, "overflow"));
        var ledger = before.Declare(Noon.AddHours(-1), Noon.AddHours(9), "x");

        Assert.Equal(
            [
                Complete(-30, -1),
                new(Noon.AddHours(-1), Noon, CoverageState.Gap, "x"),
                new(Noon, Noon.AddHours(2), CoverageState.Gap, "overflow"),
                new(Noon.AddHours(2), Noon.AddHours(5), CoverageState.Gap, "x"),
            ],
            ledger.Intervals);
        Assert.Equal(before.Intervals, ledger.Withdraw("x", Noon.AddHours(-1)).Intervals);
    }

    [Fact]
    public void Without_contiguity_the_stretch_between_is_a_gap()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(2, 5, "overflow"));

        Assert.Equal([Complete(-30, 0), new(Noon, Noon.AddHours(2), CoverageState.Gap, "overflow"), Complete(2, 5)], ledger.Intervals);
        Assert.Equal(Noon.AddHours(2), ledger.CompleteSince);
    }

    [Fact]
    public void A_sweep_that_seems_to_reach_back_and_yet_does_not_overlap_covers_nothing_before_itself()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(-1, 5, "overflow"));

        Assert.Equal([Complete(-30, 0), new(Noon, Noon.AddHours(5), CoverageState.Gap, "overflow")], ledger.Intervals);
        Assert.Equal(Noon.AddHours(5), ledger.CompleteSince);
        Assert.Equal(Noon.AddHours(5), ledger.Apply(Proof(-2, 6)).CompleteSince);
    }

    [Fact]
    public void An_archive_repairs_a_gap_and_what_it_does_not_reach_stays_one()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(4, 5, "overflow")).Repair(Noon.AddHours(1), Noon.AddHours(3));

        Assert.Equal(
            [
                Complete(-30, 0), Stretch(0, 1, CoverageState.Gap), Stretch(1, 3, CoverageState.Repaired),
                Stretch(3, 4, CoverageState.Gap), Complete(4, 5),
            ],
            ledger.Intervals);
        Assert.Equal(Noon.AddHours(4), ledger.CompleteSince);
    }

    [Fact]
    public void A_gap_that_is_repaired_hour_by_hour_is_one_repaired_stretch_and_still_counts()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(3, 5, "overflow"));
        foreach (var hour in (int[])[2, 0, 1])
            ledger = ledger.Repair(Noon.AddHours(hour), Noon.AddHours(hour + 1));

        Assert.Equal([Complete(-30, 0), Stretch(0, 3, CoverageState.Repaired), Complete(3, 5)], ledger.Intervals);
        Assert.Equal((1, TimeSpan.FromHours(3)), ledger.GapsSince(Noon.AddDays(-1)));
        Assert.Equal(Noon.AddHours(3), ledger.CompleteSince);
    }

    [Fact]
    public void An_archive_over_what_is_complete_changes_nothing()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(3, 5, "overflow"));

        Assert.Same(ledger, ledger.Repair(Noon.AddHours(-5), Noon));
        Assert.Same(ledger, ledger.Repair(Noon.AddHours(3), Noon.AddHours(9)));
    }

    [Fact]
    public void A_stretch_that_lies_ahead_of_a_sweep_is_cut_back_to_it()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 1)).Apply(Proof(-30, 0));

        Assert.Equal([Complete(-30, 0)], ledger.Intervals);
        Assert.Equal([Complete(-30, 2)], ledger.Apply(Proof(-30, 2)).Intervals);
    }

    [Fact]
    public void A_gap_that_shows_after_a_clock_was_ahead_begins_where_the_sweep_before_is_believed()
    {
        // An hour ahead at eleven; put right, and the feed has overflowed by half past eleven.
        var ledger = CoverageLedger.Empty
            .Apply(Proof(-30, 0))
            .Apply(Gap(-0.75, -0.5, "overflow") with { BelievedUntil = Noon.AddHours(-1) });

        Assert.Equal([Complete(-30, -1), Stretch(-1, -0.75, CoverageState.Gap), Complete(-0.75, -0.5)], ledger.Intervals);
    }

    [Fact]
    public void A_gap_that_shows_after_a_clock_was_ahead_is_the_whole_stretch_where_nothing_says_when_it_began()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, -20)).Apply(Gap(-19, 0, "overflow")).Apply(Gap(-5, -4, "overflow"));

        Assert.Equal(
            [Complete(-30, -20), Stretch(-20, -19, CoverageState.Gap), Stretch(-19, -5, CoverageState.Gap), Complete(-5, -4)],
            ledger.Intervals);
    }

    [Fact]
    public void A_gap_that_was_declared_while_a_clock_was_ahead_is_not_forgotten_when_it_is_cut_back()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(2, 5, "overflow")).Apply(Proof(-9, -1));

        Assert.Equal([Stretch(-30, -1, CoverageState.Gap)], ledger.Intervals);
        Assert.Equal([Stretch(-30, -1, CoverageState.Gap), Complete(-1, 0)], ledger.Apply(Proof(-9, 0)).Intervals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-29)]
    public void A_sweep_that_shows_a_gap_leaves_one_at_any_time(int at)
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(at - 3, at, "late"));

        Assert.Contains(ledger.Intervals, interval => interval.State == CoverageState.Gap && interval.Reason == "late");
        Assert.Equal(Noon.AddHours(at), ledger.Intervals[^1].To);
    }

    [Fact]
    public void Gaps_that_touch_the_window_count_at_their_full_length()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, -20)).Apply(Gap(-16, -10, "a")).Apply(Gap(-9, 0, "b"));

        Assert.Equal((2, TimeSpan.FromHours(5)), ledger.GapsSince(Noon.AddHours(-17)));
        Assert.Equal((1, TimeSpan.FromHours(1)), ledger.GapsSince(Noon.AddHours(-16)));
        Assert.Equal((0, TimeSpan.Zero), ledger.GapsSince(Noon.AddHours(-9)));
    }

    [Fact]
    public void Repaired_gaps_still_count()
    {
        var ledger = CoverageLedger.FromIntervals(
            [Complete(-9, -5), new(Noon.AddHours(-5), Noon.AddHours(-4), CoverageState.Repaired, "overflow"), Complete(-4, 0)]);

        Assert.Equal((1, TimeSpan.FromHours(1)), ledger.GapsSince(Noon.AddHours(-8)));
        Assert.Equal(Noon.AddHours(-4), ledger.CompleteSince);
    }

    [Fact]
    public void Intervals_that_overlap_or_leave_holes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CoverageLedger.FromIntervals([Complete(0, 0)]));
        Assert.Throws<ArgumentException>(() => CoverageLedger.FromIntervals([Complete(0, 2), Complete(1, 3)]));
        Assert.Throws<ArgumentException>(() => CoverageLedger.FromIntervals([Complete(0, 1), Complete(2, 3)]));
    }

    [Fact]
    public void Of_sweeps_at_any_times_the_ledger_stays_in_order_and_no_gap_is_passed_over()
    {
        // Times that jump ahead and back, as those of clocks do; what is believed of the sweep before may lie anywhere, and be unknown.
        var step = Gen.Select(Gen.Int[-50, 50], Gen.Int[-5, 20], Gen.Int[0, 2], Gen.Int[0, 30]);
        step.Array[0, 12].Sample(steps =>
        {
            var ledger = CoverageLedger.Empty;
            var number = 0;
            foreach (var (to, length, kind, believed) in steps)
            {
                var before = ledger;
                var proof = kind == 0 ? Proof(to - length, to) : Gap(to - length, to, $"gap {number++}") with
                {
                    BelievedUntil = believed == 0 ? null : Noon.AddHours(to + 5 - believed)
                };
                ledger = kind == 2 ? ledger.Repair(Noon.AddHours(to - length), Noon.AddHours(to)) : ledger.Apply(proof);

                // Would throw on overlap, hole or disorder.
                Assert.Equal(ledger.Intervals, CoverageLedger.FromIntervals(ledger.Intervals).Intervals);
                if (kind == 2)
                    continue;
                Assert.All(ledger.Intervals, interval => Assert.True(interval.To <= proof.To));
                if (kind == 1 && before.Intervals.Count > 0 && before.Intervals[0].From < proof.To)
                    AssertBroken(before, ledger, proof);
                AssertNoGapForgotten(before, ledger, proof.To);
            }
        });
    }

    /// <summary>A gap reaches from where the sweep before is believed, or the ledger ends, to where the new one begins.</summary>
    private static void AssertBroken(CoverageLedger before, CoverageLedger after, SweepProof proof)
    {
        var gap = Assert.Single(after.Intervals, interval => interval.State == CoverageState.Gap && interval.Reason == proof.GapReason);
        Assert.True(gap.To == proof.To || gap.To == proof.From);
        var end = before.Intervals[^1].To;
        Assert.True(gap.From <= end && gap.From < proof.To);
        if (proof.BelievedUntil is { } until && until < proof.To && until > before.Intervals[0].From)
            Assert.True(gap.From <= until);
        if (end > proof.To && proof.BelievedUntil is null)
            Assert.True(
                gap.From <= before.Intervals.Last(interval => interval.From < proof.To).From || gap.From == before.Intervals[0].From);
    }

    /// <summary>What was a gap before a moment is one still, and a gap after it has left one before.</summary>
    private static void AssertNoGapForgotten(CoverageLedger before, CoverageLedger after, DateTimeOffset now)
    {
        foreach (var gap in before.Intervals.Where(interval => interval.State != CoverageState.Complete))
        {
            if (gap.From < now)
                Assert.Contains(after.Intervals, interval => interval.State != CoverageState.Complete
                    && interval.From <= gap.From
                    && interval.To > gap.From);
            else if (after.Intervals.Count > 0 && before.Intervals[0].From < now)
                Assert.Contains(after.Intervals, interval => interval.State != CoverageState.Complete);
        }
    }

    private static SweepProof Proof(double from, double to) =>
        new() { From = Noon.AddHours(from), To = Noon.AddHours(to), Contiguous = true };

    private static SweepProof Gap(double from, double to, string reason)
        => new() { From = Noon.AddHours(from), To = Noon.AddHours(to), Contiguous = false, GapReason = reason };

    private static CoverageInterval Stretch(double from, double to, CoverageState state) =>
        new(Noon.AddHours(from), Noon.AddHours(to), state, "overflow");

    private static CoverageInterval Complete(double from, double to) =>
        new(Noon.AddHours(from), Noon.AddHours(to), CoverageState.Complete, null);
}
