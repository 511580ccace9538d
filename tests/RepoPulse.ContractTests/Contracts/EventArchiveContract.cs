using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class EventArchiveContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task What_is_copied_is_read_like_any_event_and_the_place_is_kept()
    {
        Assert.Null(await ReadNextAsync(0));
        Assert.Equal(new AppendResult(2, 0), await CopyAsync(0, null, 7, Sample.Event(1), Sample.Event(2)));
        Assert.Equal(new AppendResult(1, 0), await CopyAsync(3, null, 1, Sample.Event(3)));
        await RestartAsync();

        Assert.Equal((7, 1, null), (await ReadNextAsync(0), await ReadNextAsync(3), await ReadNextAsync(1)));
        var (events, _) = await Store.FollowAsync(LogPosition.Start, includeJson: true);
        Assert.Equal([Sample.Event(1).Text(), Sample.Event(2).Text(), Sample.Event(3).Text()], events.Select(e => e.Text()));
        Assert.Equal(3, (await Store.ReadHistoryAsync(Sample.Query())).Count);
        Assert.Equal(Sample.Event(1).Repository, Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories).Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3L)]
    [InlineData(6L)]
    public async Task From_another_place_than_the_copys_nothing_is_changed(long? from)
    {
        await CopyAsync(0, null, 5, Sample.Event(1));

        Assert.Null(await CopyAsync(0, from, 9, Sample.Event(2)));

        Assert.Equal(5, await ReadNextAsync(0));
        Assert.Equal([1], (await Store.FollowAsync(LogPosition.Start)).Events.Ids());
    }

    [Fact]
    public async Task Nor_where_nothing_was_copied_yet()
    {
        Assert.Null(await CopyAsync(0, 5, 9, Sample.Event(2)));
        Assert.Null(await ReadNextAsync(0));
    }

    [Fact]
    public async Task What_is_held_counts_once_and_the_place_moves_on()
    {
        await CopyAsync(0, null, 2, Sample.Event(1), Sample.Event(2));

        Assert.Equal(new AppendResult(1, 2), await CopyAsync(0, 2, 5, Sample.Event(2), Sample.Event(3), Sample.Event(3)));

        Assert.Equal(5, await ReadNextAsync(0));
        Assert.Equal([1, 2, 3], (await Store.FollowAsync(LogPosition.Start)).Events.Ids());
    }

    [Fact]
    public async Task A_stretch_without_events_moves_the_place()
    {
        Assert.Equal(new AppendResult(0, 0), await Store.Archive.AppendAsync(0, null, 3, [], Cancellation));
        Assert.Equal(
            new AppendResult(0, 0), await Store.Archive.AppendAsync(0, 3, 4, [new ArchivedRun(EventSource.Poll, [])], Cancellation));
        Assert.Equal(4, await ReadNextAsync(0));
    }

    [Fact]
    public async Task Of_two_archivers_at_one_place_one_goes_on()
    {
        var other = await OpenAnotherAsync();
        long? place = null;
        for (var next = 1; next <= 5; next++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => CopyAsync(i % 2 == 0 ? Store : other, 0, place, next, Sample.Event((10 * next) + i)))));
            Assert.Equal(new AppendResult(1, 0), Assert.Single(results, result => result is not null));
            Assert.Equal(next, await ReadNextAsync(0));
            place = next;
        }

        Assert.Equal(5, (await Store.FollowAsync(LogPosition.Start)).Events.Count);
    }

    [Fact]
    public async Task Partitions_are_copied_side_by_side()
    {
        var other = await OpenAnotherAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(partition => Task.Run(async () =>
        {
            for (var next = 1; next <= 5; next++)
                Assert.NotNull(await CopyAsync(
                    partition % 2 == 0 ? Store : other,
                    partition,
                    next == 1 ? null : next - 1,
                    next,
                    Sample.Event((100 * partition) + next, repository: 1 + partition)));
        })));

        Assert.Equal(40, (await Store.FollowAsync(LogPosition.Start)).Events.Count);
    }

    [Fact]
    public async Task Each_run_keeps_its_source_and_what_two_report_is_held_once()
    {
        var result = await Store.Archive.AppendAsync(
            0, null, 9,
            [
                new ArchivedRun(EventSource.Webhook, [Pushes.Webhook(1), Pushes.Webhook(2)]),
                new ArchivedRun(EventSource.Poll, [Pushes.Polled(1)]),
                new ArchivedRun(EventSource.Import, [Pushes.Polled(3), Pushes.Polled(1)]),
                new ArchivedRun(EventSource.Webhook, [Pushes.Webhook(3)]),
            ],
            Cancellation);

        Assert.Equal(new AppendResult(4, 2) { Superseding = 1 }, result);
        Assert.Equal(
            new[] { Pushes.Webhook(2), Pushes.Polled(1), Pushes.Polled(3) }.Select(e => e.Key).Order(),
            (await Store.ReadHistoryAsync(Sample.Query())).Select(e => e.Key).Order());
    }

    [Fact]
    public async Task Large_runs_in_one_step_are_kept_apart()
    {
        var held = Sample.Events(1, 150, repositories: 1);
        await Store.AppendAsync(held);
        await Store.AppendAsync(held);

        var result = await Store.Archive.AppendAsync(
            0, null, 9,
            [
                new ArchivedRun(EventSource.Poll, [.. Sample.Events(101, 150, repositories: 1), Pushes.Webhook(1), Pushes.Polled(1)]),
                new ArchivedRun(EventSource.Import, Sample.Events(201, 150, repositories: 1)),
            ],
            Cancellation);

        Assert.Equal(new AppendResult(100 + 2 + 100, 50 + 50) { Superseding = 1 }, result);
        var history = await Store.ReadHistoryAsync(Sample.Query(limit: 1000));
        Assert.Equal(350 + 1, history.Count);
        Assert.DoesNotContain(Pushes.Webhook(1).Key, history.Select(e => e.Key));
    }

    [Fact]
    public async Task Wherever_it_is_broken_off_both_are_kept_or_neither()
    {
        GitHubEvent[] second = [Sample.Event(2), Sample.Event(3)];
        var brokenOff = 0;
        while (true)
        {
            var failing = new FailingRead(second, brokenOff + 1);
            try
            {
                await Store.Archive.AppendAsync(
                    0, null, 3, [new ArchivedRun(EventSource.Poll, [Sample.Event(1)]), new ArchivedRun(EventSource.Import, failing)],
                    Cancellation);
                break;
            }
            catch (InvalidOperationException)
            {
                brokenOff++;
                Assert.Null(await ReadNextAsync(0));
                Assert.Empty((await Store.FollowAsync(LogPosition.Start)).Events);
            }
        }

        // Before the transaction and within it.
        Assert.True(brokenOff > 6, $"{brokenOff}");
        Assert.Equal(3, await ReadNextAsync(0));
        Assert.Equal([1, 2, 3], (await Store.FollowAsync(LogPosition.Start)).Events.Ids());
    }

    private ValueTask<long?> ReadNextAsync(int partition) => Store.Archive.ReadNextAsync(partition, Cancellation);

    private Task<AppendResult?> CopyAsync(int partition, long? from, long next, params GitHubEvent[] events) =>
        CopyAsync(Store, partition, from, next, events);

    private static Task<AppendResult?> CopyAsync(Store store, int partition, long? from, long next, params GitHubEvent[] events) =>
        store.Archive.AppendAsync(partition, from, next, [new ArchivedRun(EventSource.Poll, events)], Cancellation).AsTask();
}
