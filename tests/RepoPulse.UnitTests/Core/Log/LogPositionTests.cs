using CsCheck;

namespace RepoPulse.UnitTests.Core.Log;

public sealed class LogPositionTests
{
    [Fact]
    public void Every_position_survives_its_text()
        => Gen.Long.Array[0, 20].Sample(offsets =>
        {
            var position = LogPosition.Of(offsets);
            Assert.True(LogPosition.TryParse(position.ToString(), out var parsed));
            Assert.Equal(position, parsed);
            Assert.Equal(position.GetHashCode(), parsed.GetHashCode());
        });

    [Theory]
    [InlineData("x")]
    [InlineData("1.")]
    [InlineData("1..2")]
    [InlineData(" 1")]
    [InlineData("99999999999999999999")]
    public void What_is_no_position_is_refused(string text) => Assert.False(LogPosition.TryParse(text, out _));
}
