using System.Text;
using System.Text.Json;
using RepoPulse.Commands.Stats;

namespace RepoPulse.UnitTests.Commands.Stats;

public sealed class StatisticsPageTests
{
    [Theory]
    [InlineData("""{"items":[],"next":null}""", null)]
    [InlineData("""{"items":[{"a": [1, {"b":2.50}]} , {}],"next":"c"}""", "c", """{"a": [1, {"b":2.50}]}""", "{}")]
    [InlineData("""{"next":null,"more":{"items":[1]},"items":[{"x":"}"}]}""", null, """{"x":"}"}""")]
    public void Documents_are_cut_out_byte_for_byte(string json, string? next, params string[] items)
    {
        var page = StatisticsPage.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal(next, page.Next);
        Assert.Equal(items, page.Items.Select(item => Encoding.UTF8.GetString(item.Span)).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[],"next":5}""")]
    [InlineData("""{"items":[{}""")]
    [InlineData("""{"items":[],"next":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"items":[],"next":null}""")]
    public void What_is_no_page_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => StatisticsPage.Parse(Encoding.UTF8.GetBytes(json)));
}
