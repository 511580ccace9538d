using System.Text;
using System.Xml.Linq;
using RepoPulse.Api.Badges;

namespace RepoPulse.UnitTests.Api.Badges;

public sealed class BadgeSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Whatever_the_text_it_is_well_formed_and_says_it()
    {
        const string hostile = "\"a\" <script>&amp;'é\ud83e\udd80]]>";

        var svg = Parse(new Badge(hostile, hostile));

        Assert.Equal($"{hostile}: {hostile}", svg.Attribute("aria-label")?.Value);
        Assert.Equal($"{hostile}: {hostile}", svg.Element(Svg + "title")?.Value);
        Assert.Equal([hostile, hostile], svg.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Empty(svg.Descendants(Svg + "script"));
    }

    [Fact]
    public void Both_halves_hold_their_text_and_make_up_the_whole()
    {
        var svg = Parse(new Badge("pushes every", "3m 36s"));
        var texts = svg.Descendants(Svg + "text").ToList();

        Assert.Equal(["74", "42"], texts.Select(text => text.Attribute("textLength")?.Value));
        Assert.Equal(["6", "92"], texts.Select(text => text.Attribute("x")?.Value));
        Assert.Equal("140", svg.Attribute("width")?.Value);
        Assert.Equal("20", svg.Attribute("height")?.Value);
        Assert.Equal(["M86 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z", "M86 0h51a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H86z"], svg
            .Elements(Svg + "path")
            .Select(path => path.Attribute("d")?.Value));
    }

    [Fact]
    public void What_is_not_known_is_grey()
    {
        Assert.Equal(["#555", "#6e7781"], Colors(new Badge("pushes every", null)));
        Assert.Equal(["#555", "#0969da"], Colors(new Badge("pushes every", "1s")));
    }

    private static IEnumerable<string?> Colors(Badge badge) =>
        Parse(badge).Elements(Svg + "path").Select(path => path.Attribute("fill")?.Value);

    private static XElement Parse(Badge badge) => XElement.Parse(Encoding.UTF8.GetString(BadgeSvg.Write(badge).Span));
}
