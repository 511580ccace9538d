using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class EventScanContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task Nothing_held_is_nothing_returned()
    {
        Assert.Empty(await Store.ScanAsync(new ScanQuery()));
        Assert.Empty(await Store.ScanAsync(new ScanQuery { Repositories = [new RepositoryId(1), new RepositoryId(2)] }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Events_of_all_repositories_come_whole_and_in_the_order_of_time_whatever_the_page(int pageSize)
    {
        // Four a second, so that pages end among ties.
        var events = Enumerable.Range(1, 90)
            .Select(id => Sample.Event(id, Sample.Noon.AddSeconds(id / 4), repository: 1 + id % 3))
            .ToArray();
        await Store.AppendAsync([.. events.Reverse()]);

        var read = await Store.ScanAsync(new ScanQuery { PageSize = pageSize });

        Assert.Equal(events.OrderBy(e => e.Key).Select(e => e.Text()), read.Select(e => e.Text()));
        Assert.Equal(events.OrderBy(e => e.Key).Select(e => (e.Key, e.Type, e.RepositoryId, e.Repository)), read.Select(
            e => (e.Key, e.Type, e.RepositoryId, e.Repository)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Several_repositories_come_in_one_order(int pageSize)
    {
        var events = Enumerable.Range(1, 90)
            .Select(id => Sample.Event(id, Sample.Noon.AddSeconds(id / 4), repository: 1 + id % 3))
            .ToArray();
        await Store.AppendAsync(events);

        Assert.Equal(
            events.Where(e => e.RepositoryId.Value != 2).OrderBy(e => e.Key).Select(e => e.Key),
            (await Store.ScanAsync(new ScanQuery { Repositories = [new(3), new(1), new(3), new(77)], PageSize = pageSize })).Select(
                e => e.Key));
        Assert.Equal(
            events.Where(e => e.RepositoryId.Value == 2).OrderBy(e => e.Key).Select(e => e.Key),
            (await Store.ScanAsync(new ScanQuery { Repositories = [new(2)], PageSize = pageSize })).Select(e => e.Key));
    }

    [Fact]
    public async Task Since_is_inclusive_and_until_exclusive()
    {
        await Store.AppendAsync(Sample.Events(1, 10, repositories: 2));
        foreach (RepositoryId[] repositories in new RepositoryId[][] { [], [new(1), new(2)] })
        {
            var query = new ScanQuery { Repositories = repositories, Since = Sample.Noon.AddSeconds(3), Until = Sample.Noon.AddSeconds(6) };
            Assert.Equal([3, 4, 5], (await Store.ScanAsync(query)).Ids());

            // Bounds finer than what is stored round to the same sense.
            Assert.Equal([4, 5, 6], (await Store.ScanAsync(
                query with { Since = query.Since?.AddTicks(1), Until = query.Until?.AddTicks(1) })).Ids());
            Assert.Empty(await Store.ScanAsync(query with { Until = query.Since }));
        }

        var all = new ScanQuery { Since = DateTimeOffset.MinValue, Until = DateTimeOffset.MaxValue };
        Assert.Equal(10, (await Store.ScanAsync(all)).Count);
    }

    [Fact]
    public async Task Only_the_types_asked_for_are_returned()
    {
        string[] types = ["PushEvent", "ForkEvent", "WatchEvent"];
        await Store.AppendAsync([.. Enumerable.Range(1, 9).Select(id => Sample.Event(id, type: types[id % 3], repository: 1 + id % 2))]);

        Assert.Equal([3, 6, 9], await IdsAsync("PushEvent"));
        Assert.Equal([2, 3, 5, 6, 8, 9], await IdsAsync("WatchEvent", "PushEvent", "NeverCameEvent"));
        Assert.Empty(await IdsAsync("NeverCameEvent"));
        Assert.Equal([6], (await Store.ScanAsync(
            new ScanQuery { Repositories = [new(1)], Types = [EventType.Parse("PushEvent")], PageSize = 1 })).Ids());

        async Task<List<long>> IdsAsync(params string[] asked) =>
            (await Store.ScanAsync(new ScanQuery { Types = [.. asked.Select(EventType.Parse)], PageSize = 2 })).Ids();
    }

    [Fact]
    public async Task What_retention_deleted_is_not_returned()
    {
        await Store.AppendAsync(Sample.Events(1, 10));
        while (await Store.Retention.DeleteStepAsync(Sample.Noon.AddSeconds(6), Cancellation) > 0)
        {
        }

        Assert.Equal([6, 7, 8, 9, 10], (await Store.ScanAsync(new ScanQuery())).Ids());
        Assert.Equal([6, 8, 9], (await Store.ScanAsync(new ScanQuery { Repositories = [new(1), new(3)] })).Ids());
    }

    [Fact]
    public async Task A_page_of_large_payloads_ends_early_and_loses_none()
    {
        var random = new Random(7);
        var events = Enumerable.Range(1, 9).Select(id =>
        {
            var json = new byte[3 << 20];
            random.NextBytes(json);
            return Sample.Event(id, json: json);
        }).ToArray();
        await Store.AppendAsync(events);

        var read = await Store.ScanAsync(new ScanQuery());

        Assert.Equal(events.Ids(), read.Ids());
        Assert.All(read.Zip(events), pair => Assert.True(pair.First.Json.Span.SequenceEqual(pair.Second.Json.Span)));
    }
}
