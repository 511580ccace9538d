using System.Globalization;
using CsCheck;
using RepoPulse.Api;

namespace RepoPulse.UnitTests.Api.Shared.Queries;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-23T07:00:00Z", "2026-11-23T07:00:00.0000000")]
    [InlineData("2026-11-23t07:00:00z", "2026-11-23T07:00:00.0000000")]
    [InlineData("2026-11-23 07:00:00Z", "2026-11-23T07:00:00.0000000")]
    [InlineData("2026-11-23T07:00:00+05:30", "2026-11-23T01:30:00.0000000")]
    [InlineData("2026-11-23T07:00:00 05:30", "2026-11-23T01:30:00.0000000")]
    [InlineData("2026-11-23T07:00:00-00:30", "2026-11-23T07:30:00.0000000")]
    [InlineData("2026-11-23T07:00:00.5Z", "2026-11-23T07:00:00.5000000")]
    [InlineData("2026-11-23T07:00:00.123456Z", "2026-11-23T07:00:00.1234560")]
    [InlineData("2026-11-23T07:00:00.1234561Z", "2026-11-23T07:00:00.1234570")]
    [InlineData("2026-11-23T07:00:00.123456000000000000001Z", "2026-11-23T07:00:00.1234570")]
    [InlineData("2026-11-23T07:00:00.9999999Z", "2026-11-23T07:00:01.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    public void A_time_is_read(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var time));
        Assert.Equal(expected, time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T07:00Z")]
    [InlineData("2026-11-23T07:00:00")]
    [InlineData("2026-11-23T07:00:00.")]
    [InlineData("2026-11-23T07:00:00.Z")]
    [InlineData("2026-11-23T07:00:00.5")]
    [InlineData("2026-11-23T07:00:00ZZ")]
    [InlineData("2026-11-23T07:00:00+0530")]
    [InlineData("2026-11-23T07:00:00+5:30")]
    [InlineData("2026-11-23T24:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-11-23_07:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("20261123T070000Z")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Rfc3339.TryParse(text, out _));

    [Fact]
    public void Whatever_comes_is_read_or_refused() =>
        Gen.String[Gen.Char["0123456789-:.TtZz +"], 0, 40].Sample(text => Rfc3339.TryParse(text, out _) || true);
}
