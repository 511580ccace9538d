using RepoPulse.Api.Badges;

namespace RepoPulse.UnitTests.Api.Badges;

public sealed class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("~", 9)]
    [InlineData(" ", 4)]
    [InlineData("il", 6)]
    [InlineData("mW", 22)]
    [InlineData("\u007f", 8)]
    [InlineData("é", 8)]
    [InlineData("\t", 8)]
    [InlineData("\ud83e\udd80", 8)]
    public void Every_character_has_a_width_and_one_without_an_entry_an_average_one(string text, int width) =>
        Assert.Equal(width, TextWidth.Of(text));
}
