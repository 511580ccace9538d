using CsCheck;
using RepoPulse.Api.Coverage;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.View;

public sealed class CoverageStatementTests
{
    [Fact]
    public void Nothing_is_covered_where_nothing_was_swept()
    {
        var statement = WindowCoverageRule.Of(CoverageLedger.Empty, Some.Week, Some.Now);

        Assert.Equal(new WindowCoverageRule(null, false, 0, TimeSpan.Zero), statement);
        Assert.Equal("history", statement.Limit);
        Assert.Null(WindowCoverageRule.NextChange(CoverageLedger.Empty, Some.Week, Some.Now));
    }

    [Fact]
    public void Coverage_is_complete_from_the_moment_at_which_the_windows_start_is_its_own()
    {
        var ledger = Some.CompleteFrom(Some.Now.AddDays(-6));
        var moment = Some.Now.AddDays(1);

        Assert.Equal("history", WindowCoverageRule.Of(ledger, Some.Week, moment.AddTicks(-1)).Limit);
        Assert.Equal("duration", WindowCoverageRule.Of(ledger, Some.Week, moment).Limit);
        Assert.Equal(moment, WindowCoverageRule.NextChange(ledger, Some.Week, Some.Now));
        Assert.Null(WindowCoverageRule.NextChange(ledger, Some.Week, moment));
    }

    [Fact]
    public void A_gap_counts_at_its_full_length_while_it_touches_the_window()
    {
        var ledger = Some.Ledger(
            new(Some.Now.AddDays(-20), Some.Now.AddDays(-8), CoverageState.Complete, null),
            new(Some.Now.AddDays(-8), Some.Now.AddDays(-6), CoverageState.Repaired, "down"),
            new(Some.Now.AddDays(-6), Some.Now, CoverageState.Complete, null));

        Assert.Equal((1, TimeSpan.FromDays(2)), Gaps(WindowCoverageRule.Of(ledger, Some.Week, Some.Now)));
        Assert.Equal((1, TimeSpan.FromDays(2)), Gaps(WindowCoverageRule.Of(ledger, Some.Week, Some.Now.AddDays(1).AddTicks(-1))));
        Assert.Equal((0, TimeSpan.Zero), Gaps(WindowCoverageRule.Of(ledger, Some.Week, Some.Now.AddDays(1))));
        Assert.Equal(Some.Now.AddDays(1), WindowCoverageRule.NextChange(ledger, Some.Week, Some.Now));
    }

    [Fact]
    public void A_window_longer_than_time_reaches_back_to_its_beginning()
    {
        var ledger = Some.CompleteFrom(Some.Now.AddDays(-6));

        Assert.Equal("history", WindowCoverageRule.Of(ledger, TimeSpan.MaxValue, Some.Now).Limit);
        Assert.Null(WindowCoverageRule.NextChange(ledger, TimeSpan.MaxValue, Some.Now));
    }

    [Fact]
    public void Between_two_changes_the_statement_stays_and_at_each_it_changes() =>
        Gen.Select(Gen.Int[1, 50], Gen.Enum<CoverageState>()).Array[0, 8].Sample(lengths =>
        {
            var from = Some.Now.AddHours(-lengths.Sum(l => l.Item1));
            var intervals = new List<CoverageInterval>();
            foreach (var (hours, state) in lengths)
            {
                intervals.Add(new(from, from.AddHours(hours), state, null));
                from = from.AddHours(hours);
            }

            var ledger = Some.Ledger(intervals);
            var window = TimeSpan.FromHours(40);
            var now = Some.Now;
            while (WindowCoverageRule.NextChange(ledger, window, now) is { } next)
            {
                Assert.True(next > now);
                Assert.Equal(WindowCoverageRule.Of(ledger, window, now), WindowCoverageRule.Of(ledger, window, next.AddTicks(-1)));
                Assert.NotEqual(WindowCoverageRule.Of(ledger, window, now), WindowCoverageRule.Of(ledger, window, next));
                now = next;
            }

            Assert.Equal(WindowCoverageRule.Of(ledger, window, now), WindowCoverageRule.Of(ledger, window, now.AddYears(10)));
        });

    private static (int, TimeSpan) Gaps(WindowCoverageRule statement) => (statement.Gaps, statement.Missing);
}
