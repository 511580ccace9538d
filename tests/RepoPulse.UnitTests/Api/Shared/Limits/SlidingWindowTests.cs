using CsCheck;
using RepoPulse.Api;

namespace RepoPulse.UnitTests.Api.Shared.Limits;

public sealed class SlidingWindowTests
{
    [Fact]
    public void It_holds_what_was_taken_within_a_minute() =>
        Gen.Select(Gen.Int[-200, 200], Gen.Select(Gen.Int[0, 70], Gen.Int[0, 3]).Array[0, 40]).Sample((start, steps) =>
        {
            var window = new SlidingWindow(start);
            var taken = new List<long>();
            var now = (long)start;
            foreach (var (passed, count) in steps)
            {
                window.MoveTo(now += passed);
                for (var i = 0; i < count; i++)
                {
                    window.Take();
                    taken.Add(now);
                }

                var within = taken.Where(second => second > now - SlidingWindow.Seconds).ToList();
                Assert.Equal(within.Count, window.Taken);
                Assert.Equal(within.DefaultIfEmpty(now).Min() + SlidingWindow.Seconds, window.OldestLeavesAt);
            }
        });

    [Fact]
    public void It_does_not_go_back()
    {
        var window = new SlidingWindow(100);
        window.Take();

        window.MoveTo(30);
        window.Take();
        window.MoveTo(159);

        Assert.Equal(2, window.Taken);
        window.MoveTo(160);
        Assert.Equal(0, window.Taken);
    }
}
