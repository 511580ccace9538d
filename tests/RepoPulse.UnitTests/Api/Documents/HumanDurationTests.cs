using RepoPulse.Api;

namespace RepoPulse.UnitTests.Api.Documents;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData(0.0, "0s")]
    [InlineData(0.04, "0s")]
    [InlineData(0.44, "0.4s")]
    [InlineData(2.5, "2.5s")]
    [InlineData(9.94, "9.9s")]
    [InlineData(9.96, "10s")]
    [InlineData(59.4, "59s")]
    [InlineData(59.6, "1m")]
    [InlineData(61.0, "1m 1s")]
    [InlineData(216.22, "3m 36s")]
    [InlineData(3599.4, "59m 59s")]
    [InlineData(3599.6, "1h")]
    [InlineData(5400.0, "1h 30m")]
    [InlineData(86369.0, "23h 59m")]
    [InlineData(86399.0, "1d")]
    [InlineData(93600.0, "1d 2h")]
    [InlineData(604800.0, "7d")]
    public void Seconds_are_written_as_people_say_them(double? seconds, string expected) =>
        Assert.Equal(expected, HumanDuration.Show(seconds));
}
