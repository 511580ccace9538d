using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Collector.Webhooks;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Collector.Webhooks.Receiving;

public sealed class WebhookReceiverTests
{
    private const int Large = 25 * 1024 * 1024;

    private static readonly WebhookSample Push = WebhookSample.All[0];
    private static readonly string WrongSignature = "sha256=" + new string('0', 64);

    [Theory]
    [InlineData(Large)]
    [InlineData(null)]
    [InlineData(100_000)]
    public async Task A_body_that_does_not_arrive_in_time_is_answered_408_and_holds_nothing_any_more(int? declared)
    {
        await using var bench = await WebhookBench.StartAsync();
        var body = new StalledBody(declared);
        var response = SendAsync(bench, body);
        await body.SendAsync(new byte[5000]);
        await HeldAsync(bench, bytes => bytes > 0);

        // The deadline is that of the whole body: a byte now and then does not move it.
        bench.Time.Advance(TimeSpan.FromSeconds(9));
        await body.SendAsync(new byte[10_000]);
        await HeldAsync(bench, bytes => bytes >= 15_000);
        Assert.False(response.IsCompleted);
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        using (var timedOut = await response)
        {
            var problem = await ApiServer.ReadProblemAsync(HttpStatusCode.RequestTimeout, timedOut);
            Assert.Contains("Webhooks:BodyTimeout", problem.GetProperty("detail").GetString());
        }

        Assert.Equal(1, bench.Outcomes["timed_out"]);
        Assert.Equal(0, Budget(bench).HeldBytes);
    }

    [Fact]
    public async Task A_signed_delivery_is_accepted_while_sixty_large_bodies_are_stalled()
    {
        await using var bench = await WebhookBench.StartAsync();
        var attackers = new List<(StalledBody Body, Task<HttpResponseMessage> Response)>();
        for (var i = 0; i < 60; i++)
        {
            var body = new StalledBody(Large);
            attackers.Add((body, SendAsync(bench, body)));
            await body.SendAsync(new byte[2 * 1024 * 1024]);
        }

        await HeldAsync(bench, bytes => bytes > 50 * 1024 * 1024);
        await bench.DeliverAsync(Push);

        Assert.Single(await bench.HeldAsync());
        Assert.InRange(Budget(bench).HeldBytes, 0, 64 * 1024 * 1024);
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        var refused = new List<HttpStatusCode>();
        foreach (var (_, sent) in attackers)
        {
            using var response = await sent;
            refused.Add(response.StatusCode);
        }

        Assert.All(
            refused, status => Assert.True(status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.RequestTimeout, $"{status}"));
        Assert.Contains(HttpStatusCode.ServiceUnavailable, refused);
        Assert.Equal(0, Budget(bench).HeldBytes);
    }

    [Fact]
    public async Task A_body_for_which_there_is_no_memory_is_answered_503_and_when_to_try_again()
    {
        await using var bench = await WebhookBench.StartAsync(
            options: new() { Secret = WebhookBench.Secret, MaxBytesInFlight = 256 * 1024 });
        using var response = await bench.PostAsync("push", new byte[300_000]);

        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        var problem = await ApiServer.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.Contains("Webhooks:MaxBytesInFlight", problem.GetProperty("detail").GetString());
        Assert.Equal(1, bench.Outcomes["busy"]);
        Assert.Equal(0, Budget(bench).HeldBytes);
    }

    [Fact]
    public async Task A_sender_that_goes_away_is_counted_and_holds_nothing_any_more()
    {
        await using var bench = await WebhookBench.StartAsync();
        using var gone = new CancellationTokenSource();
        var body = new StalledBody(Large);
        var response = SendAsync(bench, body, gone.Token);
        await body.SendAsync(new byte[5000]);
        await HeldAsync(bench, bytes => bytes > 0);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);

        await HeldAsync(bench, bytes => bytes == 0);
        while (bench.Outcomes["aborted"] == 0)
            await Task.Yield();
    }

    [Fact]
    public async Task A_delivery_in_many_small_parts_is_what_was_signed()
    {
        await using var bench = await WebhookBench.StartAsync();
        var payload = Encoding.UTF8.GetBytes(Push.Webhook);
        var body = new StalledBody(null);
        var response = bench.SendAsync(
            body.Content,
            "application/json",
            ("X-GitHub-Event", Push.EventName),
            ("X-GitHub-Delivery", "one"),
            ("X-Hub-Signature-256", WebhookBench.Sign(payload)));
        foreach (var part in payload.Chunk(7))
            await body.SendAsync(part);
        await body.EndAsync();

        using var accepted = await response;
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Single(await bench.HeldAsync());
        Assert.Equal(0, Budget(bench).HeldBytes);
    }

    private static BodyMemoryBudget Budget(WebhookBench bench) => bench.Services.GetRequiredService<BodyMemoryBudget>();

    private static Task<HttpResponseMessage> SendAsync(
        WebhookBench bench, StalledBody body, CancellationToken cancellationToken = default) => bench.SendAsync(
        body.Content, "application/json", cancellationToken, ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "d"),
        ("X-Hub-Signature-256", WrongSignature));

    private static async Task HeldAsync(WebhookBench bench, Func<long, bool> isIt)
    {
        while (!isIt(Budget(bench).HeldBytes))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
