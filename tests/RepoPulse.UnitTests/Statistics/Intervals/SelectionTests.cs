using CsCheck;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Intervals;

public sealed class SelectionTests
{
    [Fact]
    public void Puts_at_a_rank_what_sorting_would()
    {
        // Few different values, for ties, and many.
        (from most in Gen.OneOfConst(1L, 5L, 1000L, long.MaxValue)
         from values in Gen.Long[0, most].Array[1, 400]
         from rank in Gen.Int[0, values.Length - 1]
         select (values, rank)).Sample(sample => AssertSelects(sample.values, sample.rank), iter: 5000);
    }

    [Fact]
    public void Values_in_order_or_in_an_order_that_misleads_are_no_trouble()
    {
        long[] rising = [.. Enumerable.Range(0, 1000).Select(i => (long)i)];
        long[] organ = [.. rising, .. rising.Reverse()];
        long[] saw = [.. rising.Select(i => i % 7 * 1000 + i)];
        foreach (var values in new[] { rising, [.. rising.Reverse()], organ, saw })
        {
            for (var rank = 0; rank < values.Length; rank += 37)
                AssertSelects(values, rank);
        }
    }

    private static void AssertSelects(long[] values, int rank)
    {
        var selected = values.ToArray();
        Selection.Select(selected, rank);
        var sorted = values.Order().ToArray();
        Assert.Equal(sorted[rank], selected[rank]);
        Assert.All(selected[..rank], v => Assert.True(v <= selected[rank]));
        Assert.All(selected[rank..], v => Assert.True(v >= selected[rank]));
        Assert.Equal(sorted, selected.Order());
    }
}
