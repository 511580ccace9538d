using RepoPulse.Api;

namespace RepoPulse.UnitTests.Api.Shared.Queries;

public sealed class Iso8601DurationTests
{
    [Theory]
    [InlineData("PT1S", "00:00:01")]
    [InlineData("PT1H", "01:00:00")]
    [InlineData("PT15M", "00:15:00")]
    [InlineData("PT90M", "01:30:00")]
    [InlineData("P1D", "1.00:00:00")]
    [InlineData("P7D", "7.00:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("P1DT2H3M4S", "1.02:03:04")]
    [InlineData("PT31622400S", "366.00:00:00")]
    [InlineData("P01D", "1.00:00:00")]
    [InlineData("PT0S", "00:00:00")]
    public void A_duration_of_fixed_length_is_read(string text, string expected)
    {
        Assert.True(Iso8601Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.Parse(expected), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1H")]
    [InlineData("01:00:00")]
    [InlineData("3600")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1W1D")]
    [InlineData("PT1.5S")]
    [InlineData("-PT1H")]
    [InlineData("PT-1H")]
    [InlineData("pt1h")]
    [InlineData("PT1H ")]
    [InlineData("PT1H\n")]
    [InlineData("PT١H")]
    [InlineData("PT1S1M")]
    [InlineData("P1000000D")]
    [InlineData("PT99999999999999999999S")]
    public void Anything_else_is_refused(string text) => Assert.False(Iso8601Duration.TryParse(text, out _));

    [Fact]
    public void The_longest_that_can_be_written_is_still_a_duration() =>
        Assert.True(Iso8601Duration.TryParse("P999999DT999999H9999999M99999999S", out _));
}
