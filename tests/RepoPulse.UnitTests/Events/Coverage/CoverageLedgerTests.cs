using CsCheck;
using RepoPulse.Events;

namespace RepoPulse.UnitTests.Events.Coverage;

public sealed class CoverageLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_feed_that_was_never_swept_vouches_for_nothing()
    {
        Assert.Null(CoverageLedger.Empty.CompleteSince);
        Assert.Equal((0, TimeSpan.Zero), CoverageLedger.Empty.GapsSince(DateTimeOffset.MinValue));
    }

    [Fact]
    public void The_first_sweep_vouches_for_what_it_reaches_back_to()
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
    public void Without_contiguity_the_stretch_between_is_a_gap()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0)).Apply(Gap(2, 5, "overflow"));

        Assert.Equal([Complete(-30, 0), new(Noon, Noon.AddHours(2), CoverageState.Gap, "overflow"), Complete(2, 5)], ledger.Intervals);
        Assert.Equal(Noon.AddHours(2), ledger.CompleteSince);
    }

    [Fact]
    public void A_sweep_that_seems_to_reach_back_and_yet_does_not_overlap_vouches_for_nothing_before_itself()
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
                Complete(-30, 0), Stretch(0, 1, CoverageState.Gap), Stretch(1, 3, CoverageState.Repaired), Stretch(3, 4, CoverageState.Gap), Complete(4, 5),
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
    public void A_sweep_older_than_what_is_known_changes_nothing()
    {
        var ledger = CoverageLedger.Empty.Apply(Proof(-30, 0));

        Assert.Same(ledger, ledger.Apply(Gap(-3, -1, "late")));
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
        var ledger = CoverageLedger.FromIntervals([Complete(-9, -5), new(Noon.AddHours(-5), Noon.AddHours(-4), CoverageState.Repaired, "overflow"), Complete(-4, 0)]);

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
    public void Whatever_sweeps_come_the_ledger_stays_in_order_and_hides_no_time_without_proof()
    {
        var step = Gen.Select(Gen.Int[-50, 50], Gen.Int[1, 20], Gen.Int[0, 2]);
        step.Array[0, 12].Sample(steps =>
        {
            var ledger = CoverageLedger.Empty;
            foreach (var (to, length, kind) in steps)
            {
                ledger = kind switch
                {
                    0 => ledger.Apply(Proof(to - length, to)),
                    1 => ledger.Apply(Gap(to - length, to, "gap")),
                    _ => ledger.Repair(Noon.AddHours(to - length), Noon.AddHours(to)),
                };
            }

            // Would throw on overlap, hole or disorder.
            Assert.Equal(ledger.Intervals, CoverageLedger.FromIntervals(ledger.Intervals).Intervals);
        });
    }

    private static SweepProof Proof(int from, int to) => new() { From = Noon.AddHours(from), To = Noon.AddHours(to), Contiguous = true };

    private static SweepProof Gap(int from, int to, string reason)
        => new() { From = Noon.AddHours(from), To = Noon.AddHours(to), Contiguous = false, GapReason = reason };

    private static CoverageInterval Stretch(int from, int to, CoverageState state) => new(Noon.AddHours(from), Noon.AddHours(to), state, "overflow");

    private static CoverageInterval Complete(int from, int to) => new(Noon.AddHours(from), Noon.AddHours(to), CoverageState.Complete, null);
}
