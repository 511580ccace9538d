using System.Text;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class EventFaultTests
{
    [Theory]
    [InlineData("\"id\":\"101\"", "\"id\":{}")]
    [InlineData("\"id\":\"101\"", "\"id\":[101]")]
    [InlineData("\"id\":\"101\"", "\"id\":-1")]
    [InlineData("\"id\":\"101\"", "\"id\":1.5")]
    [InlineData("\"id\":\"101\"", "\"id\":1e400")]
    [InlineData("\"id\":\"101\"", "\"id\":99999999999999999999")]
    [InlineData("\"id\":\"101\"", "\"id\":\"99999999999999999999\"")]
    [InlineData("\"id\":\"101\"", "\"id\":\"\"")]
    [InlineData("\"id\":\"101\"", "\"id\":\"+1\"")]
    [InlineData("\"id\":\"101\"", "\"id\":\"1 \"")]
    [InlineData("\"id\":\"101\"", "\"id\":\"one\"")]
    [InlineData("\"id\":\"101\"", "\"id\":\"\\ud83d\"")]
    [InlineData("\"id\":\"101\"", "\"id\":true")]
    [InlineData("\"id\":\"101\",", "")]
    [InlineData("\"id\":\"101\"", "\"id\":null")]
    [InlineData("\"type\":\"PushEvent\",", "")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":null")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":\"\"")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":\"*\"")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":\"Push Event\"")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":\"\\ud83d\"")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":{\"name\":\"PushEvent\"}")]
    [InlineData("\"type\":\"PushEvent\"", "\"type\":1")]
    [InlineData("\"created_at\":\"2015-01-01T00:00:00Z\",", "")]
    [InlineData("\"created_at\":\"2015-01-01T00:00:00Z\"", "\"created_at\":null")]
    [InlineData("\"created_at\":\"2015-01-01T00:00:00Z\"", "\"created_at\":1420070400")]
    [InlineData("\"created_at\":\"2015-01-01T00:00:00Z\"", "\"created_at\":\"yesterday\"")]
    [InlineData("\"created_at\":\"2015-01-01T00:00:00Z\"", "\"created_at\":[]")]
    [InlineData("\"repo\":{\"id\":42", "\"repo\":{\"id\":{}")]
    [InlineData("\"repo\":{\"id\":42", "\"repo\":{\"id\":1e99")]
    [InlineData("\"repo\":{\"id\":42", "\"repo\":{\"id\":\"many\"")]
    [InlineData("\"name\":\"octo/hello-world\"", "\"name\":7")]
    [InlineData("\"name\":\"octo/hello-world\"", "\"name\":[[\"octo/hello-world\"]]")]
    [InlineData("\"name\":\"octo/hello-world\"", "\"name\":\"octo/\\ud83d\"")]
    [InlineData("\"repo\":{", "\"repo\":\"octo/hello-world\",\"other\":{")]
    [InlineData("\"repo\":{", "\"repo\":[{}],\"other\":{")]
    [InlineData("\"public\":true", "\"public\":TRUE")]
    [InlineData("\"public\":true,", "\"public\":true,,")]
    [InlineData("\"public\":true", "\"public\":01")]
    [InlineData("say ", "say \u0001")]
    [InlineData("say ", "say \t")]
    [InlineData("say ", "say \0\0\0")]
    public void A_part_of_the_wrong_kind_is_a_fault(string part, string wrong)
    {
        Assert.Contains(part, Samples.Api, StringComparison.Ordinal);

        Assert.NotEmpty(Samples.Fault(Samples.Api.Replace(part, wrong, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"PushEvent\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("{\"message\":\"Not Found\"}")]
    [InlineData("\u0000\u0000")]
    public void What_is_no_object_of_an_event_is_a_fault(string line) => Assert.NotEmpty(Samples.Fault(line));

    [Fact]
    public void An_array_of_events_is_no_line() => Assert.NotEmpty(Samples.Fault($"[{Samples.Api}]"));

    [Theory]
    [InlineData("User")]
    [InlineData("Organization")]
    public void A_user_or_organization_is_no_event_though_it_has_id_type_and_time(string type) =>
        Assert.Contains(
            type,
            Samples.Fault($$"""{"login":"mona","id":7,"type":"{{type}}","created_at":"2011-01-25T18:44:36Z"}"""),
            StringComparison.Ordinal);

    [Fact]
    public void Only_an_event_of_the_timeline_may_lack_an_id() =>
        Assert.Equal("it has no id", Samples.Fault(
            """{"type":"PushEvent","created_at":"2026-01-01T00:00:00Z","payload":{},"actor":{},"repo":{"id":1,"name":"a/b"}}"""));

    [Theory]
    [InlineData("tail")]
    [InlineData("{\"id\":1}")]
    [InlineData(",")]
    [InlineData("null")]
    public void A_line_is_read_whole_or_not_at_all(string tail)
    {
        Samples.Fault(Samples.Api + tail);
        Samples.Fault(tail + Samples.Api);
    }

    [Fact]
    public void A_line_cut_off_anywhere_is_a_fault()
    {
        var line = Samples.Bytes(Samples.Api);
        for (var length = 1; length < line.Length; length++)
            Samples.Fault(line.AsMemory(0, length));
    }

    [Theory]
    [InlineData("say ")]
    [InlineData("hello-world\",\"url")]
    [InlineData("PushEvent")]
    [InlineData("display")]
    public void What_is_not_UTF_8_is_a_fault(string place)
    {
        var line = Samples.Bytes(Samples.Api.Replace("\"public\"", "\"display\":1,\"public\"", StringComparison.Ordinal));
        var at = Encoding.UTF8.GetString(line).IndexOf(place, StringComparison.Ordinal);
        foreach (var broken in new byte[] { 0x80, 0xc3, 0xf5, 0xff })
        {
            var copy = (byte[])line.Clone();
            copy[at] = broken;
            Samples.Fault(copy);
        }
    }

    [Fact]
    public void A_surrogate_in_UTF_8_is_a_fault()
    {
        byte[] line = [.. Samples.Bytes(Samples.Api)];
        new byte[] { 0xed, 0xa0, 0xbd }.CopyTo(line, Samples.Api.IndexOf("say ", StringComparison.Ordinal));

        Assert.Equal("it is not UTF-8", Samples.Fault(line));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_depth_bomb_is_a_fault(string level)
    {
        var bomb = string.Concat(Enumerable.Repeat(level, 100_000));

        Samples.Fault(bomb);
        Samples.Fault(Samples.Api.Replace("\"payload\":{", $"\"payload\":{bomb}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_of_NULs_is_a_fault() => Assert.StartsWith("broken JSON", Samples.Fault(new byte[65536]), StringComparison.Ordinal);
}
