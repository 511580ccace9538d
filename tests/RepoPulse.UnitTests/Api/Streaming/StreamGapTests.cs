using System.Text;
using RepoPulse.Api.Streaming;

namespace RepoPulse.UnitTests.Api.Streaming;

public sealed class StreamGapTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Held = TimeSpan.FromDays(7);

    [Theory]
    [InlineData(-60)]
    [InlineData(0)]
    [InlineData(9)]
    public void An_id_that_is_young_or_of_an_instance_whose_clock_is_minutes_ahead_leaves_no_gap(int minutes)
    {
        Assert.Equal(LogPosition.Of(5), StreamGap.Close(
            new StreamStart(LogPosition.Of(5), Now.AddMinutes(minutes)), LogPosition.Of(9), Held, Now, out var gap));
        Assert.Null(gap);
    }

    [Fact]
    public void An_id_of_a_clock_that_was_ahead_may_be_of_any_age_and_is_said_to_be()
    {
        Assert.Equal(LogPosition.Of(5), StreamGap.Close(
            new StreamStart(LogPosition.Of(5), Now.AddHours(1)), LogPosition.Of(9), Held, Now, out var gap));
        Assert.Contains("dated in the future", Encoding.UTF8.GetString(gap!), StringComparison.Ordinal);
    }
}
