using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;
using RepoPulse.Collector.Webhooks;
using RepoPulse.UnitTests.Api.Support;
using RepoPulse.UnitTests.Collector.Webhooks;
using RepoPulse.UnitTests.Collector.Webhooks.Receiving;

namespace RepoPulse.UnitTests.Api.Shared.OpenApi;

public sealed class DocumentedAnswerTests
{
    private const string WebhookPath = "/webhooks/github";

    [Fact]
    public async Task Every_documented_answer_is_given_as_it_is_documented()
    {
        await using var server = await StartAsync(new ApiOptions());
        await using var locked = await StartAsync(new ApiOptions { Keys = ["key"], PublicBadges = false });
        await using var limited = await StartAsync(new ApiOptions { RequestsPerMinute = 1 });
        await using var lacking = await StartAsync(new ApiOptions(), withHistory: false);
        await using var early = await StartAsync(new ApiOptions(), ready: false);
        await limited.GetTextAsync("/api/v1/statistics");
        var document = await DocumentedApi.ReadAsync(server);
        var answers = document.Answers.Where(answer => answer.Path != WebhookPath).ToList();
        Assert.True(answers.Count > 70, $"{answers.Count}");

        foreach (var answer in answers)
        {
            var (asked, name) = answer.Status switch
            {
                200 or 304 or 400 => (server, "octo/pulse"),
                308 => (server, "octo/older"),
                404 => (server, "octo/none"),
                401 => (locked, "octo/pulse"),
                429 => (limited, "octo/pulse"),
                501 => (lacking, "octo/pulse"),
                503 => (early, "octo/pulse"),
                _ => throw new UnreachableException($"Nothing here gives {answer}."),
            };
            var target = answer.Target(name) + (answer.Status == 400 ? $"?{answer.FirstQueryParameter}=%20" : "");
            var request = new HttpRequestMessage(HttpMethod.Get, target);
            if (answer.Status == 304)
                request.Headers.IfNoneMatch.Add((await server.GetAsync(target)).Headers.ETag!);
            using var response = await asked.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await document.AssertIsAsync(answer, response);
        }
    }

    [Fact]
    public async Task Every_documented_answer_to_a_webhook_is_given_as_it_is_documented()
    {
        await using var server = await StartAsync(new ApiOptions());
        await using var bench = await WebhookBench.StartAsync();
        await using var failing = await WebhookBench.StartAsync(inbox: _ => new BrokenInbox());
        var document = await DocumentedApi.ReadAsync(server);
        var push = WebhookSample.All[0];
        var body = Encoding.UTF8.GetBytes(push.Webhook);

        foreach (var answer in document.Answers.Where(answer => answer.Path == WebhookPath))
        {
            using var response = await (answer.Status switch
            {
                202 => bench.PostAsync(push),
                400 => bench.PostAsync("push", "nonsense"u8.ToArray()),
                401 => bench.SendAsync(body, "application/json"),
                404 => server.SendAsync(HttpMethod.Post, WebhookPath),
                408 => StallAsync(bench),
                413 => bench.PostAsync("push", new byte[25 * 1024 * 1024 + 1]),
                415 => bench.PostAsync("push", body, contentType: "text/plain"),
                503 => failing.PostAsync(push),
                _ => throw new UnreachableException($"Nothing here gives {answer}."),
            });
            await document.AssertIsAsync(answer, response);
        }
    }

    [Fact]
    public async Task The_stream_sends_documents_that_are_documented()
    {
        await using var server = await StartAsync(new ApiOptions());
        var document = await DocumentedApi.ReadAsync(server);
        await using var client = await server.StreamAsync();
        await server.PublishAsync(Some.Figures(1, 3, Some.Series("ForkEvent", 3, mean: 7.5)));
        document.AssertIs(await client.NextAsync("statistics"), "RepositoryStatistics");
    }

    [Fact]
    public async Task Every_answer_has_an_example_and_it_is_one()
    {
        await using var server = await StartAsync(new ApiOptions());
        (await DocumentedApi.ReadAsync(server)).AssertExamples();
    }

    private static async Task<HttpResponseMessage> StallAsync(WebhookBench bench)
    {
        var body = new StalledBody(declaredLength: 100);
        var response = bench.SendAsync(
            body.Content,
            "application/json",
            ("X-GitHub-Event", "push"),
            ("X-GitHub-Delivery", "d"),
            ("X-Hub-Signature-256", WebhookBench.Sign([])));
        await body.SendAsync(new byte[1]);
        var budget = bench.Services.GetRequiredService<BodyMemoryBudget>();
        while (budget.HeldBytes == 0)
            await Task.Yield();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        return await response;
    }

    private static async Task<ApiServer> StartAsync(ApiOptions options, bool withHistory = true, bool ready = true)
    {
        var server = await ApiServer.StartAsync(options, ready, withHistory);
        if (!ready)
            await server.Catalog.WaitUntilFollowedAsync();
        await server.Catalog.PutAsync(
            Some.Repository(1, "octo/pulse", "octo/older") with { Coverage = Some.Ledger(
                new CoverageInterval(Some.Now.AddDays(-3), Some.Now.AddDays(-2), CoverageState.Gap, "down")) },
            Some.Repository(0, "octo/new"));
        await server.PublishAsync(Some.Figures(1, 5, Some.Series("PushEvent", 2, mean: 3600), Some.Series("WatchEvent", 1)));
        server.History.Events.AddRange(Enumerable.Range(1, 5).Select(i => Some.Event(1, i, Some.Now.AddHours(-i))));
        return server;
    }

    private sealed class BrokenInbox : IWebhookInbox
    {
        public ValueTask<AppendResult> AppendAsync(
            DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken) =>
            throw new StorageException("The store is away.", isTransient: true);
    }
}
