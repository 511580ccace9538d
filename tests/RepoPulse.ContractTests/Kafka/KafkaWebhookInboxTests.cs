using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.ContractTests.Kafka;

public sealed class KafkaWebhookInboxTests : KafkaTest
{
    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing_though_it_brings_something_else_and_another_process_takes_it()
    {
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync(Store, "one", Pushes.Webhook(1)));
        Assert.Equal(new AppendResult(0, 2), await DeliverAsync(Store, "one", Pushes.Webhook(1), Pushes.Webhook(2)));
        Assert.Equal(new AppendResult(0, 1), await DeliverAsync(new Store(Open()), "one", Pushes.Webhook(2)));
        Assert.Equal([Pushes.Webhook(1).Key], (await Store.FollowAsync(LogPosition.Start)).Events.Select(e => e.Key));
    }

    [Fact]
    public async Task It_is_remembered_for_the_three_days_in_which_GitHub_can_repeat_it_and_not_for_ever()
    {
        await DeliverAsync(Store, "one", Pushes.Webhook(1));
        Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(new AppendResult(0, 1), await DeliverAsync(Store, "one", Pushes.Webhook(2)));
        Time.Advance(IWebhookInbox.Memory);
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync(Store, "one", Pushes.Webhook(2)));
    }

    [Fact]
    public async Task One_of_which_something_cannot_be_stored_is_not_remembered()
    {
        var stray = Pushes.Webhook(2) with { RepositoryId = RepositoryId.None, Repository = default };
        await Assert.ThrowsAsync<ArgumentException>(() => DeliverAsync(Store, "one", Pushes.Webhook(1), stray));
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync(Store, "one", Pushes.Webhook(1)));
    }

    [Fact]
    public async Task Many_at_once_are_each_taken_once()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => Task.Run(() => DeliverAsync(Store, $"delivery-{i % 20}", Pushes.Webhook(i % 20)))));
        Assert.Equal(20, results.Sum(result => result.Appended));
        var (events, _) = await Store.FollowAsync(LogPosition.Start);
        while (events.Count < 20)
            (events, _) = await Store.FollowAsync(LogPosition.Start);
        Assert.Equal(20, events.Select(e => e.Key).Distinct().Count());
        Assert.Equal(20, events.Count);
    }

    [Fact]
    public async Task A_copy_waits_for_the_first_and_takes_its_place_where_that_one_fails()
    {
        // The first delivery starts the inbox, so that the two after it are in order.
        await DeliverAsync(Store, "zero", Pushes.Webhook(1));
        var tooLarge = Pushes.Webhook(2) with { Json = new byte[40 << 20] };

        var first = DeliverAsync(Store, "one", tooLarge);
        var copy = DeliverAsync(Store, "one", Pushes.Webhook(2));

        await Assert.ThrowsAsync<StorageException>(() => first);
        Assert.Equal(new AppendResult(1, 0), await copy);
        Assert.Equal(new AppendResult(0, 1), await DeliverAsync(Store, "one", Pushes.Webhook(2)));
    }

    [Fact]
    public async Task A_copy_of_one_under_way_is_held_only_once_that_one_is_durable()
    {
        await DeliverAsync(Store, "zero", Pushes.Webhook(1));

        var first = DeliverAsync(Store, "one", Pushes.Webhook(2));
        var copy = DeliverAsync(Store, "one", Pushes.Webhook(2));

        Assert.Equal(new AppendResult(0, 1), await copy);
        Assert.True(first.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Deliveries_are_taken_though_rubbish_stands_in_their_topic()
    {
        await Open().GetRequiredService<KafkaCluster>().OpenAsync(Cancellation);
        await new KafkaRubbish(Topics, seed: 7).WriteAsync("deliveries", Cancellation);
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync(Store, "one", Pushes.Webhook(1)));
        Assert.Equal(new AppendResult(0, 1), await DeliverAsync(new Store(Open()), "one", Pushes.Webhook(1)));
    }

    private async Task<AppendResult> DeliverAsync(Store store, string delivery, params GitHubEvent[] events)
    {
        Assert.True(DeliveryId.TryParse(delivery, out var id));
        return await store.Inbox.AppendAsync(id, Time.GetUtcNow(), events, Cancellation);
    }
}
