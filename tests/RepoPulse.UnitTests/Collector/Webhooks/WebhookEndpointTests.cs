using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;

namespace RepoPulse.UnitTests.Collector.Webhooks;

public sealed class WebhookEndpointTests
{
    private static readonly WebhookSample Push = WebhookSample.All[0];
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Push.Webhook);

    [Fact]
    public async Task A_signed_delivery_is_answered_202_without_a_body_and_its_event_is_held()
    {
        await using var bench = await WebhookBench.StartAsync();
        using var response = await bench.PostAsync(Push);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Single(await bench.HeldAsync());
        Assert.Equal(1, bench.Outcomes["stored"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha1=e7f0e9e2b9d9a7ae0bb1b6a1d2a2a2a2a2a2a2a2")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public async Task A_missing_or_wrong_signature_is_answered_401_and_counted(string? signature)
    {
        await using var bench = await WebhookBench.StartAsync();
        (string, string)[] headers = [("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "d"), .. signature is null
            ? []
            : new[] { ("X-Hub-Signature-256", signature) }];
        await RefusedAsync(HttpStatusCode.Unauthorized, await bench.SendAsync(Body, "application/json", headers));

        Assert.Empty(await bench.HeldAsync());
        Assert.Equal(1, bench.Outcomes["wrong_signature"]);
    }

    [Fact]
    public async Task The_older_signature_alone_counts_for_nothing()
    {
        await using var bench = await WebhookBench.StartAsync();
#pragma warning disable CA5350 // It is what GitHub sends beside the better one, and what must not do.
        var sha1 = "sha1=" + Convert.ToHexStringLower(
            System.Security.Cryptography.HMACSHA1.HashData(Encoding.UTF8.GetBytes(WebhookBench.Secret), Body));
#pragma warning restore CA5350
        await RefusedAsync(
            HttpStatusCode.Unauthorized,
            await bench.SendAsync(
                Body, "application/json", ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "d"), ("X-Hub-Signature", sha1)));
        Assert.Empty(await bench.HeldAsync());
    }

    [Fact]
    public async Task Who_does_not_know_the_secret_learns_nothing_of_what_else_is_wrong()
    {
        await using var bench = await WebhookBench.StartAsync();
        await RefusedAsync(HttpStatusCode.Unauthorized, await bench.SendAsync("no json"u8.ToArray(), "text/plain"));
    }

    [Fact]
    public async Task A_form_is_signed_as_it_is_sent()
    {
        await using var bench = await WebhookBench.StartAsync();
        var form = Encoding.ASCII.GetBytes("payload=" + Uri.EscapeDataString(Push.Webhook).Replace("%20", "+"));
        using var response = await bench.PostAsync("push", form, contentType: "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Single(await bench.HeldAsync());

        await RefusedAsync(
            HttpStatusCode.Unauthorized,
            await bench.SendAsync(
                form,
                "application/x-www-form-urlencoded",
                ("X-GitHub-Event", "push"),
                ("X-GitHub-Delivery", "d"),
                ("X-Hub-Signature-256", WebhookBench.Sign(Body))));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.Accepted)]
    [InlineData("APPLICATION/JSON", HttpStatusCode.Accepted)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.BadRequest)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xml", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_is_JSON_or_a_form(string? contentType, HttpStatusCode status)
    {
        await using var bench = await WebhookBench.StartAsync();
        var response = await bench.SendAsync(
            Body, contentType, ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "d"), ("X-Hub-Signature-256", WebhookBench.Sign(Body)));
        if (status == HttpStatusCode.Accepted)
            Assert.Equal(status, response.StatusCode);
        else
            await RefusedAsync(status, response);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("""{"ref":"refs/heads/main" """)]
    [InlineData("""{"ref":"refs/heads/main"}""")]
    [InlineData("""{"ref":"refs/heads/main","repository":{"id":1,"full_name":"octo/cat"}}""")]
    [InlineData("""{"ref":"refs/heads/main","repository":{"id":0,"full_name":"octo/cat"},"sender":{"login":"mona","id":1}}""")]
    [InlineData("""{"ref":"refs/heads/main","repository":{"id":1,"full_name":"octo/cat"},"sender":{"login":"mona","id":1}}""")]
    [InlineData(
        """{"ref":"refs/heads/main","after":"\ud800","repository":{"id":1,"full_name":"octo/cat"},"sender":{"login":"mona","id":1}}""")]
    public async Task A_payload_that_is_no_push_is_answered_400(string json)
    {
        await using var bench = await WebhookBench.StartAsync();
        await RefusedAsync(HttpStatusCode.BadRequest, await bench.PostAsync("push", Encoding.UTF8.GetBytes(json)));
        Assert.Equal(1, bench.Outcomes["malformed"]);
    }

    [Fact]
    public async Task A_name_that_is_half_of_a_surrogate_pair_hides_none_of_the_others()
    {
        await using var bench = await WebhookBench.StartAsync();
        var body = Push.Webhook.Replace("\"repository\":{", "\"repository\":{\"\\ud800\":1,")[..^1] + ",\"\\ud800\":1}";

        using var response = await bench.PostAsync("push", Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, bench.Outcomes["stored"]);
    }

    [Fact]
    public async Task A_payload_that_is_not_UTF_8_is_answered_400()
    {
        await using var bench = await WebhookBench.StartAsync();
        var body = Encoding.UTF8.GetBytes(Push.Webhook.Replace("refs/heads/main", "refs/heads/\u00e9"));
        body[Array.IndexOf(body, (byte)0xc3)] = 0xff;
        await RefusedAsync(HttpStatusCode.BadRequest, await bench.PostAsync("push", body));
    }

    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public async Task A_header_that_is_missing_is_named(string header)
    {
        await using var bench = await WebhookBench.StartAsync();
        var headers = new[] { ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "d"), ("X-Hub-Signature-256", WebhookBench.Sign(Body)) };
        var problem = await RefusedAsync(
            HttpStatusCode.BadRequest, await bench.SendAsync(Body, "application/json", [.. headers.Where(h => h.Item1 != header)]));
        Assert.Contains(header, problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(0, true, HttpStatusCode.Accepted)]
    [InlineData(1, true, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(0, false, HttpStatusCode.Accepted)]
    [InlineData(1, false, HttpStatusCode.RequestEntityTooLarge)]
    public async Task More_than_25_MB_is_too_large_whether_or_not_a_header_says_so(int more, bool tellsLength, HttpStatusCode status)
    {
        await using var bench = await WebhookBench.StartAsync();
        var body = new byte[25 * 1024 * 1024 + more];
        Body.CopyTo(body, 0);
        body.AsSpan(Body.Length).Fill((byte)' ');
        HttpContent content = tellsLength
            ? new ByteArrayContent(body)
            : new StreamContent(PipeReader.Create(new ReadOnlySequence<byte>(body)).AsStream());
        var response = await bench.SendAsync(
            content,
            "application/json",
            ("X-GitHub-Event", "push"),
            ("X-GitHub-Delivery", "d"),
            ("X-Hub-Signature-256", WebhookBench.Sign(body)));
        if (status == HttpStatusCode.Accepted)
            Assert.Equal(status, response.StatusCode);
        else
            await RefusedAsync(status, response);
    }

    [Fact]
    public async Task A_ping_is_answered_202_and_counted()
    {
        await using var bench = await WebhookBench.StartAsync();
        using var response = await bench.PostAsync("ping", """{"zen":"Keep it logically awesome.","hook_id":1}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, bench.Outcomes["ping"]);
    }

    [Fact]
    public async Task What_the_Events_API_has_no_event_for_is_answered_202_and_counted()
    {
        await using var bench = await WebhookBench.StartAsync();
        using var response = await bench.PostAsync("invented_tomorrow", "{}"u8.ToArray());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, bench.Outcomes["no_event"]);
        Assert.Empty(await bench.HeldAsync());
    }

    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing_even_after_a_restart()
    {
        await using var bench = await WebhookBench.StartAsync();
        await bench.DeliverAsync(Push, "one");
        var held = await bench.HeldAsync();
        await bench.DeliverAsync(Push, "one");
        await bench.RestartAsync();
        bench.Time.Advance(TimeSpan.FromDays(3));
        await bench.DeliverAsync(Push, "one");

        Assert.Equal(held.Select(e => e.Key), (await bench.HeldAsync()).Select(e => e.Key));
        Assert.Equal((1, 2), (bench.Outcomes["stored"], bench.Outcomes["held"]));
    }

    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public async Task What_an_organizations_hook_and_the_repositorys_own_both_deliver_is_one_event(string name)
    {
        await using var bench = await WebhookBench.StartAsync();
        await bench.DeliverAsync(WebhookSample.Of(name));
        bench.Time.Advance(TimeSpan.FromSeconds(1.5));
        await bench.DeliverAsync(WebhookSample.Of(name));
        Assert.Single(await bench.HeldAsync());
    }

    [Fact]
    public async Task While_the_store_fails_the_answer_is_503_and_the_same_delivery_is_taken_once_it_does_not()
    {
        var inbox = new FailingInbox();
        await using var bench = await WebhookBench.StartAsync(inbox: inbox.Before);
        inbox.Fails = true;
        using (var response = await bench.PostAsync(Push, "one"))
        {
            Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
            await RefusedAsync(HttpStatusCode.ServiceUnavailable, response);
        }

        Assert.Empty(await bench.HeldAsync());
        Assert.Equal(1, bench.Outcomes["store_failed"]);

        inbox.Fails = false;
        await bench.DeliverAsync(Push, "one");
        Assert.Single(await bench.HeldAsync());
    }

    [Fact]
    public async Task An_event_older_than_the_retention_period_is_answered_202_and_not_stored()
    {
        await using var bench = await WebhookBench.StartAsync(retention: TimeSpan.FromDays(7));
        bench.Time.Advance(TimeSpan.FromDays(8));
        await bench.DeliverAsync(WebhookSample.Of(WebhookSample.All.First(s => s.EventName == "star").Name));
        Assert.Empty(await bench.HeldAsync());
        Assert.Equal(1, bench.Outcomes["outdated"]);
    }

    private static async Task<JsonElement> RefusedAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        using (response)
            return await Api.Support.ApiServer.ReadProblemAsync(status, response);
    }

    private sealed class FailingInbox
    {
        public bool Fails { get; set; }

        public IWebhookInbox Before(IWebhookInbox inner) => new Door(this, inner);

        private sealed class Door(FailingInbox owner, IWebhookInbox inner) : IWebhookInbox
        {
            public ValueTask<AppendResult> AppendAsync(
                DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken) =>
                owner.Fails
                    ? throw new StorageException("The disk is full.", isTransient: true)
                    : inner.AppendAsync(delivery, receivedAt, events, cancellationToken);
        }
    }
}
