using RepoPulse.Commands.Stats;

namespace RepoPulse.UnitTests.Commands.Stats;

public sealed class SparklineTests
{
    [Fact]
    public void Of_what_nobody_knows_it_says_so() => Assert.Equal("··▁█", Sparkline.Draw([0, 0, 0, 3], unknown: 2));

    [Theory]
    [InlineData("")]
    [InlineData("▁▁▁", 0L, 0L, 0L)]
    [InlineData("▁█▁", 0L, 1L, 0L)]
    [InlineData("▁▂▃▄▅▆▇█", 0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L)]
    [InlineData("▁▂█", 0L, 1L, 1_000_000_000_000L)]
    [InlineData("▅█", 50L, 100L)]
    public void The_most_is_the_tallest_and_none_alone_the_lowest(string line, params long[] counts) =>
        Assert.Equal(line, Sparkline.Draw(counts));
}
