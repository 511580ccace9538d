namespace RepoPulse.UnitTests.Collector.Webhooks;

/// <summary>What a webhook and a poll both report counts once, in the store and in the statistics that are folded while it comes.</summary>
public sealed class WebhookMergingTests
{
    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public async Task Delivered_and_then_polled(string name)
    {
        await using var bench = await WebhookBench.StartAsync();
        await using var statistics = await FoldedStatistics.StartAsync(bench.Services);
        var sample = WebhookSample.Of(name);
        await bench.DeliverAsync(sample);
        await AssertHeldOnceAsync(bench, statistics, sample, isWebhook: true);

        Assert.Equal(new AppendResult(1, 0) { Superseding = 1 }, await bench.PollAsync(sample.Polled()));
        await AssertHeldOnceAsync(bench, statistics, sample, isWebhook: false);
    }

    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public async Task Polled_and_then_delivered(string name)
    {
        await using var bench = await WebhookBench.StartAsync();
        await using var statistics = await FoldedStatistics.StartAsync(bench.Services);
        var sample = WebhookSample.Of(name);
        await bench.PollAsync(sample.Polled());
        await bench.DeliverAsync(sample);
        await AssertHeldOnceAsync(bench, statistics, sample, isWebhook: false);
        Assert.Equal(1, bench.Outcomes["held"]);
    }

    [Theory]
    [MemberData(nameof(WebhookSample.Names), MemberType = typeof(WebhookSample))]
    public async Task Delivered_and_after_a_kill_polled_in_the_form_of_a_server_that_is_older(string name)
    {
        await using var bench = await WebhookBench.StartAsync();
        var sample = WebhookSample.Of(name);
        await bench.DeliverAsync(sample, "one");
        await bench.RestartAsync();

        await bench.PollAsync(sample.Polled(old: true));
        await bench.DeliverAsync(sample, "one");
        await bench.DeliverAsync(sample, "two");
        await bench.RestartAsync();
        await using var statistics = await FoldedStatistics.StartAsync(bench.Services);
        await AssertHeldOnceAsync(bench, statistics, sample, isWebhook: false);
    }

    [Fact]
    public async Task Everything_that_happens_to_one_repository_is_distinguished()
    {
        await using var bench = await WebhookBench.StartAsync();
        await using var statistics = await FoldedStatistics.StartAsync(bench.Services);
        var samples = WebhookSample.All;
        foreach (var sample in samples)
            await bench.DeliverAsync(sample);
        Assert.Equal(samples.Count, (await bench.HeldAsync()).Count);

        await bench.PollAsync([.. samples.Select((sample, i) => sample.Polled(id: 100 + i))]);
        Assert.Equal(
            Enumerable.Range(100, samples.Count).Select(id => (long)id), (await bench.HeldAsync()).Select(e => e.Key.Id.Value).Order());
        await statistics.CountedAsync("*", samples.Count);
    }

    [Fact]
    public async Task A_star_taken_back_and_given_again_is_two_however_the_two_are_reported()
    {
        await using var bench = await WebhookBench.StartAsync();
        var star = WebhookSample.All.Single(sample => sample.EventName == "star");
        var again = star with { Delivery = star.Delivery.Replace("11:59:30", "11:59:40") };
        await bench.DeliverAsync(star);
        await bench.PollAsync(star.Polled(id: 1));
        await bench.DeliverAsync(again);
        Assert.Equal(2, (await bench.HeldAsync()).Count);

        await bench.PollAsync(again.Polled(id: 2, at: WebhookSample.Now.AddSeconds(-18)));
        Assert.Equal([1, 2], (await bench.HeldAsync()).Select(e => e.Key.Id.Value).Order());
    }

    [Fact]
    public async Task A_star_given_again_much_later_is_not_taken_for_the_first()
    {
        await using var bench = await WebhookBench.StartAsync();
        var star = WebhookSample.All.Single(sample => sample.EventName == "star");
        await bench.DeliverAsync(star);
        await bench.PollAsync(star.Polled(id: 1, at: WebhookSample.Now.AddHours(1)));
        Assert.Equal(2, (await bench.HeldAsync()).Count);
    }

    private static async Task AssertHeldOnceAsync(WebhookBench bench, FoldedStatistics statistics, WebhookSample sample, bool isWebhook)
    {
        var held = Assert.Single(await bench.HeldAsync());
        Assert.Equal(isWebhook, held.Key.Id.IsWebhook);
        Assert.Equal(sample.Type, held.Type.Name);
        await statistics.FirstAsync(sample.Type, held.Key.CreatedAt);
        await statistics.CountedAsync("*", 1);
    }
}
