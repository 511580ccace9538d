using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

/// <summary>One occurrence that a webhook and a poll both report is held once, in the polled form.</summary>
public abstract class MergingContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task The_polled_form_takes_the_place_of_the_webhooks_and_a_reader_learns_of_it()
    {
        await Store.AppendAsync(Pushes.Webhook(1), Pushes.Webhook(2));
        var (_, position) = await Store.FollowAsync(LogPosition.Start);
        Assert.Equal(new AppendResult(1, 0) { Superseding = 1 }, await Store.AppendAsync(Pushes.Polled(1)));

        var batch = await Store.Reader.ReadAsync(position, 10, Cancellation);
        var polled = Assert.Single(batch.Events);
        Assert.Equal(Pushes.Polled(1).Key, polled.Key);
        Assert.Equal([new Supersession(polled.RepositoryId, polled.Type, Pushes.Webhook(1).Key, polled.Key)], batch.Supersessions);
        await AssertHeldAsync(Pushes.Webhook(2), Pushes.Polled(1));
    }

    [Fact]
    public async Task The_webhooks_form_of_what_is_held_adds_nothing()
    {
        await Store.AppendAsync(Pushes.Polled(1));
        var (_, position) = await Store.FollowAsync(LogPosition.Start);
        Assert.Equal(new AppendResult(0, 1), await Store.AppendAsync(Pushes.Webhook(1)));
        Assert.Empty((await Store.FollowAsync(position)).Events);
        await AssertHeldAsync(Pushes.Polled(1));
    }

    [Fact]
    public async Task In_one_batch_too_in_either_order()
    {
        Assert.Equal(new AppendResult(3, 1) { Superseding = 1 }, await Store.AppendAsync(
            Pushes.Polled(2), Pushes.Webhook(2), Pushes.Webhook(1), Pushes.Polled(1)));
        await AssertHeldAsync(Pushes.Polled(1), Pushes.Polled(2));

        // A reader that begins there learns of what it never sees.
        var batch = await Store.Reader.ReadAsync(LogPosition.Start, 10, Cancellation);
        Assert.Contains(Pushes.Webhook(1).Key, batch.Supersessions.Select(s => s.Superseded));
    }

    [Fact]
    public async Task However_often_each_is_given_again_and_after_a_restart()
    {
        await Store.AppendAsync(Pushes.Webhook(1));
        await Store.AppendAsync(Pushes.Webhook(1));
        await Store.AppendAsync(Pushes.Polled(1));
        await RestartAsync();
        Assert.Equal(new AppendResult(0, 1), await Store.AppendAsync(Pushes.Webhook(1)));
        Assert.Equal(new AppendResult(0, 1), await Store.AppendAsync(Pushes.Polled(1)));
        Assert.Equal(new AppendResult(0, 1), await Store.AppendAsync(Pushes.Webhook(1)));
        await AssertHeldAsync(Pushes.Polled(1));
    }

    [Fact]
    public async Task Occurrences_of_one_key_are_matched_one_by_one_by_their_nearness_in_time()
    {
        // A branch that is set to and fro: three pushes of one head within a minute.
        GitHubEvent Webhook(int number, int second) => Pushes.Webhook(number, Sample.Noon.AddSeconds(second), head: 7);
        GitHubEvent Polled(int number, int second) => Pushes.Polled(number, Sample.Noon.AddSeconds(second), head: 7);
        await Store.AppendAsync(Webhook(1, 0), Webhook(2, 20));
        await Store.AppendAsync(Polled(2, 21));
        await AssertHeldAsync(Webhook(1, 0), Polled(2, 21));
        await Store.AppendAsync(Polled(3, 41));
        await AssertHeldAsync(Polled(2, 21), Polled(3, 41));

        // The third polled one took the place of the first webhook's, the only one left; the webhook of the third finds all polled ones
        // taken but the one that comes last.
        await Store.AppendAsync(Webhook(3, 40));
        await AssertHeldAsync(Polled(2, 21), Polled(3, 41), Webhook(3, 40));
        await Store.AppendAsync(Polled(1, 1));
        await AssertHeldAsync(Polled(1, 1), Polled(2, 21), Polled(3, 41));
    }

    [Theory]
    [InlineData(600, 1)]
    [InlineData(-600, 1)]
    [InlineData(601, 2)]
    [InlineData(-601, 2)]
    public async Task Further_apart_than_ten_minutes_they_are_two(int seconds, int held)
    {
        await Store.AppendAsync(Pushes.Webhook(1, Sample.Noon));
        await Store.AppendAsync(Pushes.Polled(1, Sample.Noon.AddSeconds(seconds)));
        Assert.Equal(held, (await Store.ReadHistoryAsync(Sample.Query())).Count);

        await Store.AppendAsync(Pushes.Polled(1, Sample.Noon.AddSeconds(seconds), repository: 2));
        await Store.AppendAsync(Pushes.Webhook(1, Sample.Noon, repository: 2));
        Assert.Equal(held, (await Store.ReadHistoryAsync(Sample.Query(repository: 2))).Count);
    }

    [Fact]
    public async Task What_happens_to_another_repository_is_something_else()
    {
        await Store.AppendAsync(Pushes.Webhook(1), Pushes.Polled(1, repository: 2));
        Assert.Equal(2, (await Store.FollowAsync(LogPosition.Start)).Events.Count);
    }

    [Fact]
    public async Task An_event_that_does_not_say_what_it_is_about_stands_beside_the_webhooks()
    {
        await Store.AppendAsync(Pushes.Webhook(1));
        var mute = Pushes.Polled(1) with { Json = """{"id":"100001","type":"PushEvent","payload":{"ref":"refs/heads/main"}}"""u8.ToArray() };
        Assert.Equal(new AppendResult(1, 0), await Store.AppendAsync(mute));
        await AssertHeldAsync(Pushes.Webhook(1), mute);
    }

    [Fact]
    public async Task A_reader_in_small_steps_learns_of_it_with_the_event_that_supersedes()
    {
        await Store.AppendAsync([.. Enumerable.Range(1, 20).Select(i => Pushes.Webhook(i))]);
        var held = (await Store.FollowAsync(LogPosition.Start, maxEvents: 3)).Events.Select(e => e.Key).ToHashSet();
        var (_, position) = await Store.FollowAsync(LogPosition.Start);
        await Store.AppendAsync([.. Enumerable.Range(1, 20).Where(i => i % 2 == 0).Select(i => Pushes.Polled(i))]);
        await Store.AppendAsync([.. Enumerable.Range(21, 5).Select(i => Pushes.Polled(i))]);
        for (var batch = default(EventBatch); batch.Events is not { Count: 0 }; position = batch.Position)
        {
            batch = await Store.Reader.ReadPageAsync(position, 3, int.MaxValue, Cancellation);
            Assert.All(batch.Supersessions, s => Assert.Contains(s.By, batch.Events.Select(e => e.Key)));
            held.ExceptWith(batch.Supersessions.Select(s => s.Superseded));
            held.UnionWith(batch.Events.Select(e => e.Key));
        }

        Assert.Equal((await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Select(e => e.Key).ToHashSet(), held);
        Assert.Equal(25, held.Count);
    }

    [Fact]
    public async Task A_reader_that_starts_from_the_window_while_events_are_superseded_ends_with_what_is_held()
    {
        await Store.AppendAsync([.. Enumerable.Range(1, 40).Select(i => Pushes.Webhook(i))]);
        var held = new HashSet<EventKey>();
        var position = LogPosition.Start;
        var next = 40;
        await foreach (var batch in Store.Reader.ReadSinceAsync(DateTimeOffset.MinValue, 10, Cancellation))
        {
            held.UnionWith(batch.Events.Select(e => e.Key));
            position = batch.Position;
            // The last first, so that some are superseded by events on pages that are still to come.
            await Store.AppendAsync(Pushes.Polled(next--), Pushes.Polled(41 - next));
        }

        var following = await Store.Reader.ReadAsync(position, 100, Cancellation);
        held.ExceptWith(following.Supersessions.Select(s => s.Superseded));
        held.UnionWith(following.Events.Select(e => e.Key));
        Assert.Equal((await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Select(e => e.Key).ToHashSet(), held);
    }

    [Fact]
    public async Task Two_processes_that_receive_both_forms_at_once_hold_each_once()
    {
        var other = await OpenAnotherAsync();
        async Task AppendAsync(Store store, Func<int, GitHubEvent> reported)
        {
            for (var i = 1; i <= 100; i++)
                await store.AppendAsync(reported(i));
        }

        await Task.WhenAll(
            Task.Run(() => AppendAsync(Store, i => Pushes.Webhook(i))), Task.Run(() => AppendAsync(other, i => Pushes.Polled(101 - i))));
        Assert.Equal(
            Enumerable.Range(1, 100).Select(i => Pushes.Polled(i).Key).ToHashSet(),
            (await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Select(e => e.Key).ToHashSet());
    }

    [Fact]
    public async Task What_retention_deleted_may_come_again_in_either_form()
    {
        await Store.AppendAsync(Pushes.Webhook(1), Pushes.Polled(1), Pushes.Webhook(2));
        while (await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation) > 0)
        {
        }

        Assert.Empty(await Store.ReadHistoryAsync(Sample.Query()));
        Assert.Equal(new AppendResult(1, 0), await Store.AppendAsync(Pushes.Webhook(1)));
        Assert.Equal(new AppendResult(1, 0), await Store.AppendAsync(Pushes.Polled(2)));
        await AssertHeldAsync(Pushes.Webhook(1), Pushes.Polled(2));
    }

    /// <summary>What every way of reading holds.</summary>
    private async Task AssertHeldAsync(params GitHubEvent[] events)
    {
        var expected = events.Select(e => e.Key).Order().ToList();
        Assert.Equal(expected, (await Store.ReadHistoryAsync(Sample.Query())).Select(e => e.Key).Order());
        Assert.Equal(expected, (await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Select(e => e.Key).Order());
        Assert.Equal(expected, (await Store.FollowAsync(LogPosition.Start)).Events.Select(e => e.Key).Order());
    }
}
