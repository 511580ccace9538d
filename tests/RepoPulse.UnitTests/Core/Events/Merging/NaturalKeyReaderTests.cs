using System.Text;
using RepoPulse.UnitTests.Collector.Webhooks;

namespace RepoPulse.UnitTests.Core.Events.Merging;

public sealed class NaturalKeyReaderTests
{
    [Fact]
    public void A_key_is_stored_so_it_never_changes()
    {
        Assert.True(NaturalKeyReader.TryRead(WebhookSample.All[0].Polled(), out var key));
        Assert.Equal(-356747884124908023, key.Value);
        Assert.Equal("webhook-3685663315b62dc1", key.ToWebhookId(WebhookSample.Now, "bb").ToString());
    }

    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public void The_form_before_October_2025_has_the_same_key(string name)
    {
        var sample = WebhookSample.Of(name);
        Assert.True(NaturalKeyReader.TryRead(sample.Polled(), out var key));
        Assert.True(NaturalKeyReader.TryRead(sample.Polled(id: 9, at: WebhookSample.Now.AddDays(1), old: true), out var old));
        Assert.Equal(key, old);
    }

    [Fact]
    public void Different_occurrences_have_different_keys()
    {
        var keys = WebhookSample.All.Select(sample => NaturalKeyReader.TryRead(sample.Polled(), out var key) ? key : default).ToList();
        Assert.DoesNotContain(default, keys);
        Assert.Distinct(keys);
        Assert.True(NaturalKeyReader.TryRead(WebhookSample.All[0].Polled() with { RepositoryId = new RepositoryId(2) }, out var elsewhere));
        Assert.DoesNotContain(elsewhere, keys);
    }

    [Theory]
    [InlineData("PushEvent", """{"ref":"refs/heads/main"}""")]
    [InlineData("PushEvent", """{"ref":5,"head":"aa"}""")]
    [InlineData("PushEvent", "[]")]
    [InlineData("CreateEvent", """{"ref":null,"ref_type":"branch"}""")]
    [InlineData("IssueCommentEvent", """{"action":"edited","comment":{"id":1}}""")]
    [InlineData("IssueCommentEvent", """{"action":"created"}""")]
    [InlineData("IssuesEvent", """{"action":"opened","issue":{"number":"x"}}""")]
    [InlineData("GollumEvent", """{"pages":[]}""")]
    [InlineData("GollumEvent", """{"pages":[{"page_name":"Home"}]}""")]
    [InlineData("InventedTomorrowEvent", "{}")]
    [InlineData("PushEvent", """{"ref":"refs/heads/main","head":"\ud800"}""")]
    public void What_lacks_what_makes_it_has_no_key(string type, string payload)
    {
        var json = $$"""{"id":"1","type":"{{type}}","actor":{"id":1},"payload":{{payload}}}""";
        var e = WebhookSample.All[0].Polled() with { Type = EventType.Parse(type), Json = Encoding.UTF8.GetBytes(json) };
        Assert.False(NaturalKeyReader.TryRead(e, out _));
    }

    [Theory]
    [InlineData("""{"actor":{"id":1},"payload":{"ref":"refs/heads/main","head":"aa","\ud800":1}}""")]
    [InlineData("""{"\ud800":1,"actor":{"\udc00":1},"payload":{"ref":"b","ref":"refs/heads/main","head":"aa","\ud800":1},"\ud800":2}""")]
    public void A_name_that_is_half_of_a_surrogate_pair_changes_no_key(string json)
    {
        var push = WebhookSample.All[0].Polled();
        Assert.True(NaturalKeyReader.TryRead(
            push with { Json = Encoding.UTF8.GetBytes("""{"payload":{"ref":"refs/heads/main","head":"aa"}}""") }, out var expected));

        Assert.True(NaturalKeyReader.TryRead(push with { Json = Encoding.UTF8.GetBytes(json) }, out var key));

        Assert.Equal(expected, key);
    }

    [Fact]
    public void Recorded_events_have_keys_that_repeat_only_where_the_occurrence_does()
    {
        var keys = new Dictionary<(NaturalKey Key, DateTimeOffset At), List<GitHubEvent>>();
        var events = new List<GitHubEvent>();
        foreach (var line in File.ReadLines(TestData.PathTo(Path.Combine("gharchive", "2021-07-21-06-09.sample800.ndjson"))))
            new RepoPulse.Core.Reading.EventReader().TryReadLine(Encoding.UTF8.GetBytes(line), events, out _);
        foreach (var e in events.Where(e => e.HasRepository))
        {
            Assert.True(NaturalKeyReader.TryRead(e, out var key), Encoding.UTF8.GetString(e.Json.Span));
            keys.TryAdd((key, e.Key.CreatedAt), []);
            keys[(key, e.Key.CreatedAt)].Add(e);
        }

        // GitHub itself reports some reviews twice, with two ids.
        Assert.All(keys.Values.Where(same => same.Count > 1), same => Assert.Equal("PullRequestReviewEvent", same[0].Type.Name));
    }
}
