using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class WebhookInboxContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task What_is_delivered_is_read_like_any_event()
    {
        var e = Pushes.Webhook(1);
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync("one", e));
        var read = Assert.Single((await Store.FollowAsync(LogPosition.Start, includeJson: true)).Events);
        Assert.Equal(
            (e.Key, e.Type, e.RepositoryId, e.Repository, e.Text()),
            (read.Key, read.Type, read.RepositoryId, read.Repository, read.Text()));
        Assert.Equal(e.Key, Assert.Single(await Store.ReadHistoryAsync(Sample.Query())).Key);
        Assert.Equal(e.Repository, Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories).Name);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing_though_it_brings_something_else()
    {
        await DeliverAsync("one", Pushes.Webhook(1));
        var (_, end) = await Store.FollowAsync(LogPosition.Start);
        await RestartAsync();
        Assert.Equal(new AppendResult(0, 2), await DeliverAsync("one", Pushes.Webhook(1), Pushes.Webhook(2)));
        Assert.Empty((await Store.FollowAsync(end)).Events);

        Assert.Equal(new AppendResult(1, 1), await DeliverAsync("two", Pushes.Webhook(1), Pushes.Webhook(2)));
    }

    [Fact]
    public async Task Two_processes_take_one_delivery_once()
    {
        var other = await OpenAnotherAsync();
        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => DeliverAsync(i % 2 == 0 ? Store : other, "one", Pushes.Webhook(1)))));
        Assert.Equal(1, results.Sum(result => result.Appended));
        Assert.Single((await Store.FollowAsync(LogPosition.Start)).Events);
    }

    [Fact]
    public async Task A_delivery_of_which_something_cannot_be_stored_is_not_remembered()
    {
        var stray = Pushes.Webhook(2) with { RepositoryId = RepositoryId.None, Repository = default };
        await Assert.ThrowsAsync<ArgumentException>(() => DeliverAsync("one", Pushes.Webhook(1), stray));
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync("one", Pushes.Webhook(1)));
    }

    [Fact]
    public async Task A_delivery_is_remembered_for_the_three_days_in_which_GitHub_can_repeat_it_and_not_for_ever()
    {
        await DeliverAsync("one", Pushes.Webhook(1));
        Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(new AppendResult(0, 1), await DeliverAsync("one", Pushes.Webhook(2)));
        Time.Advance(IWebhookInbox.Memory);
        await DeliverAsync("another", Pushes.Webhook(3));
        Assert.Equal(new AppendResult(1, 0), await DeliverAsync("one", Pushes.Webhook(2)));
    }

    [Fact]
    public async Task A_delivery_that_a_clock_far_ahead_has_dated_is_not_remembered_until_then()
    {
        Assert.True(DeliveryId.TryParse("one", out var one));
        await Store.Inbox.AppendAsync(one, Time.GetUtcNow().AddDays(400), [Pushes.Webhook(1)], Cancellation);
        Time.Advance(IWebhookInbox.Memory + TimeSpan.FromHours(1));
        await DeliverAsync("another", Pushes.Webhook(3));

        Assert.Equal(new AppendResult(1, 0), await DeliverAsync("one", Pushes.Webhook(2)));
    }

    private Task<AppendResult> DeliverAsync(string delivery, params GitHubEvent[] events) => DeliverAsync(Store, delivery, events);

    private async Task<AppendResult> DeliverAsync(Store store, string delivery, params GitHubEvent[] events)
    {
        Assert.True(DeliveryId.TryParse(delivery, out var id));
        return await store.Inbox.AppendAsync(id, Time.GetUtcNow(), events, Cancellation);
    }
}
