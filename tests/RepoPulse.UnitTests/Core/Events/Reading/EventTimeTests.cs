using System.Globalization;
using System.Text;
using CsCheck;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class EventTimeTests
{
    [Theory]
    [InlineData("2015-01-01T00:00:00Z", "2015-01-01T00:00:00.000000")]
    [InlineData("2015-01-01t00:00:00z", "2015-01-01T00:00:00.000000")]
    [InlineData("2015-01-01T00:00:00+00:00", "2015-01-01T00:00:00.000000")]
    [InlineData("2014-06-01T01:05:30-07:00", "2014-06-01T08:05:30.000000")]
    [InlineData("2012/03/10 12:34:56 -0800", "2012-03-10T20:34:56.000000")]
    [InlineData("2012/03/11 23:34:56 +0530", "2012-03-11T18:04:56.000000")]
    [InlineData("2026-02-28T23:59:59.5Z", "2026-02-28T23:59:59.500000")]
    [InlineData("2026-02-28T23:59:59.123456Z", "2026-02-28T23:59:59.123456")]
    [InlineData("2026-02-28T23:59:59.1234569-00:30", "2026-03-01T00:29:59.123456")]
    [InlineData("2026-02-28T23:59:59.99999999999999999999Z", "2026-02-28T23:59:59.999999")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000")]
    public void A_time_of_any_form_is_read_as_UTC_to_the_microsecond(string text, string expected)
    {
        Assert.True(EventTime.TryParse(Encoding.UTF8.GetBytes(text), out var time));

        Assert.Equal(TimeSpan.Zero, time.Offset);
        Assert.Equal(expected, time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Assert.Equal(0, time.Ticks % TimeSpan.TicksPerMicrosecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2015-01-01")]
    [InlineData("2015-01-01T00:00:00")]
    [InlineData("2015-01-01T00:00:00 ")]
    [InlineData("2015-01-01T00:00:00.Z")]
    [InlineData("2015-01-01T00:00:00.5")]
    [InlineData("2015-01-01T00:00:00ZZ")]
    [InlineData("2015-01-01T00:00:00+1:00")]
    [InlineData("2015-01-01T00:00:00+24:00")]
    [InlineData("2015-01-01T00:00:00+00:60")]
    [InlineData("2015-01-01T00:00:00+0a:00")]
    [InlineData("2015-01-01T24:00:00Z")]
    [InlineData("2015-01-01T00:60:00Z")]
    [InlineData("2015-01-01T00:00:61Z")]
    [InlineData("2015-00-01T00:00:00Z")]
    [InlineData("2015-13-01T00:00:00Z")]
    [InlineData("2015-02-29T00:00:00Z")]
    [InlineData("2015-01-00T00:00:00Z")]
    [InlineData("2015-01/01T00:00:00Z")]
    [InlineData("2015_01_01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("-015-01-01T00:00:00Z")]
    [InlineData("2015-01-01T00:00: 0Z")]
    [InlineData("Thu, 01 Jan 2015 00:00:00 GMT")]
    public void What_is_no_time_is_refused(string text) => Assert.False(EventTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Every_time_that_the_base_library_writes_is_read_back() =>
        Gen.Select(Gen.DateTime, Gen.Int[-14 * 60, 14 * 60]).Sample((local, offset) =>
        {
            var ticks = Math.Clamp(
                local.Ticks, EventTimeRange.Earliest.Ticks + TimeSpan.TicksPerDay, EventTimeRange.Latest.Ticks - TimeSpan.TicksPerDay);
            var time = new DateTimeOffset(new DateTime(ticks - ticks % 10), TimeSpan.FromMinutes(offset));
            return EventTime.TryParse(Encoding.UTF8.GetBytes(time.ToString("O", CultureInfo.InvariantCulture)), out var read)
                && read == time;
        });
}
