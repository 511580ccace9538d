using System.Text.Json;
using RepoPulse.Collector.Webhooks;

namespace RepoPulse.UnitTests.Collector.Webhooks.Mapping;

public sealed class WebhookMapperTests
{
    private static readonly DateTimeOffset Reported = WebhookSample.Now.AddSeconds(-30);

    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public void A_payload_becomes_that_of_the_Events_API(string name)
    {
        var sample = WebhookSample.Of(name);
        var e = Map(sample.EventName, sample.Webhook);
        using var mapped = JsonDocument.Parse(e.Json);
        using var polled = JsonDocument.Parse(sample.Polled().Json);
        var expected = Properties(polled.RootElement.GetProperty("payload"));
        // Two that no webhook has: the number of a push, and what a repository's making has where there is none.
        expected.Remove("push_id");
        if (sample.EventName == "repository")
            expected.Remove("description");
        Assert.Equal(expected, Properties(mapped.RootElement.GetProperty("payload")));
        foreach (var part in new[] { "type", "actor", "repo", "public" })
            Assert.Equal(polled.RootElement.GetProperty(part).GetRawText(), mapped.RootElement.GetProperty(part).GetRawText());
        Assert.Equal(e.Key.Id.ToString(), mapped.RootElement.GetProperty("id").GetString());
        Assert.StartsWith("webhook-", e.Key.Id.ToString());
    }

    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public void The_time_is_the_payloads_where_it_has_one(string name)
    {
        var sample = WebhookSample.Of(name);
        var silent = sample.EventName is "gollum" or "member";
        Assert.Equal(silent ? WebhookSample.Now : Reported, Map(sample.EventName, sample.Webhook).Key.CreatedAt);
    }

    [Theory]
    [InlineData("2026-11-20T11:59:59Z")]
    [InlineData("2026-11-23T12:06:00Z")]
    public void When_the_repository_was_last_pushed_to_is_no_time_of_a_push_that_cannot_be_that_one(string pushedAt) =>
        Assert.Equal(WebhookSample.Now, Map("push", WebhookSample.All[0].Webhook.Replace("2026-11-23T11:59:30Z", pushedAt)).Key.CreatedAt);

    [Fact]
    public void A_push_has_its_time_in_seconds_since_1970() =>
        Assert.Equal(Reported, Map("push", WebhookSample.All[0].Webhook.Replace(
            "\"pushed_at\":\"2026-11-23T11:59:30Z\"", $"\"pushed_at\":{Reported.ToUnixTimeSeconds()}")).Key.CreatedAt);

    [Theory]
    [InlineData(
        "push",
        """ "ref":"refs/heads/x","before":"0000000000000000000000000000000000000000","after":"aa","created":true,"deleted":false """)]
    [InlineData(
        "push",
        """ "ref":"refs/heads/x","before":"bb","after":"0000000000000000000000000000000000000000","created":false,"deleted":true """)]
    [InlineData("push", """ "ref":"refs/tags/v1","before":"bb","after":"aa","created":false,"deleted":false """)]
    [InlineData("star", """ "action":"deleted","starred_at":null """)]
    [InlineData("watch", """ "action":"started" """)]
    [InlineData("issues", """ "action":"edited","issue":{"number":4} """)]
    [InlineData("pull_request", """ "action":"synchronize","number":5,"pull_request":{"number":5} """)]
    [InlineData("release", """ "action":"released","release":{"id":1} """)]
    [InlineData("discussion", """ "action":"answered","discussion":{"number":1} """)]
    [InlineData("repository", """ "action":"publicized" """)]
    [InlineData("sponsorship", """ "action":"created" """)]
    public void What_the_Events_API_does_not_show_is_no_event(string eventName, string delivery) =>
        Assert.Equal(default, WebhookMapper.Map(eventName, Payload((WebhookSample.All[0] with { Delivery = delivery }).Webhook)));

    [Fact]
    public void Two_labels_given_in_one_second_are_two_events_of_one_natural_key()
    {
        var labeled = WebhookSample.All.Single(sample => sample.EventName == "issues" && sample.Delivery.Contains("labeled"));
        var first = Map("issues", labeled.Webhook);
        var second = Map("issues", labeled.Webhook.Replace("\"label\":{\"name\":\"bug\"}", "\"label\":{\"name\":\"wip\"}"));
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal(NaturalKeyReader.TryRead(first, out var one), NaturalKeyReader.TryRead(second, out var other));
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_private_repository_and_an_organization_are_mapped_as_the_Events_API_shows_them()
    {
        var webhook = WebhookSample.All[0].Webhook.Replace("\"private\":false", "\"private\":true")[..^1]
            + """,  "organization":{"login":"octo","id":70,"url":"https://api.github.com/orgs/octo","avatar_url":"https://avatars.githubusercontent.com/u/70?v=4","description":"x"}}""";
        using var mapped = JsonDocument.Parse(Map("push", webhook).Json);
        Assert.False(mapped.RootElement.GetProperty("public").GetBoolean());
        Assert.Equal(
            """{"id":70,"login":"octo","gravatar_id":"","url":"https://api.github.com/orgs/octo","avatar_url":"https://avatars.githubusercontent.com/u/70?v=4"}""",
            mapped.RootElement.GetProperty("org").GetRawText());
    }

    private static GitHubEvent Map(string eventName, string webhook)
    {
        var mapped = WebhookMapper.Map(eventName, Payload(webhook));
        Assert.Null(mapped.Fault);
        return Assert.NotNull(mapped.Event);
    }

    private static WebhookPayload Payload(string webhook) => new(JsonDocument.Parse(webhook).RootElement, WebhookSample.Now.AddTicks(1234));

    /// <summary>Without regard to their order, which means nothing.</summary>
    private static Dictionary<string, string> Properties(JsonElement element) =>
        element.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetRawText(), StringComparer.Ordinal);
}
