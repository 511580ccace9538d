using System.Globalization;
using CsCheck;
using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("00:01:00", "00:01:00")]
    [InlineData("7.00:00:00", "7.00:00:00")]
    [InlineData("00:00:00.25", "00:00:00.2500000")]
    [InlineData("90s", "00:01:30")]
    [InlineData("1.5s", "00:00:01.5000000")]
    [InlineData("250ms", "00:00:00.2500000")]
    [InlineData("15m", "00:15:00")]
    [InlineData("36h", "1.12:00:00")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("1d12h", "1.12:00:00")]
    [InlineData("1h30m5s", "01:30:05")]
    [InlineData("1m500ms", "00:01:00.5000000")]
    [InlineData("PT15M", "00:15:00")]
    [InlineData("P7D", "7.00:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("P1DT12H", "1.12:00:00")]
    [InlineData("PT0.5S", "00:00:00.5000000")]
    [InlineData("PT1H2M3S", "01:02:03")]
    public void A_duration_is_read_in_each_form(string text, string expected)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.ParseExact(expected, "c", CultureInfo.InvariantCulture), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("24:00:00")]
    [InlineData("00:60:00")]
    [InlineData("00:15")]
    [InlineData("-1d")]
    [InlineData("-00:01:00")]
    [InlineData("1 d")]
    [InlineData("15M")]
    [InlineData("1M")]
    [InlineData("1y")]
    [InlineData("12h1d")]
    [InlineData("1.5h")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P-1D")]
    [InlineData("999999999d")]
    [InlineData("٧d")]
    public void What_is_none_or_could_mean_two_things_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void What_is_shown_is_read_back() => Gen.Long[0, TimeSpan.FromDays(36_525).Ticks].Sample(ticks =>
        Duration.TryParse(Duration.Show(TimeSpan.FromTicks(ticks)), out var read) && read.Ticks == ticks);
}
