using System.Text;
using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class EventHistoryContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task A_repository_without_events_has_an_empty_history() =>
        Assert.Empty(await Store.ReadHistoryAsync(Sample.Query()));

    [Fact]
    public async Task The_newest_come_first_and_ties_by_id()
    {
        GitHubEvent[] events = [Sample.Event(1, Sample.Noon), Sample.Event(5, Sample.Noon), Sample.Event(3, Sample.Noon), Sample.Event(2, Sample.Noon.AddHours(1))];
        await Store.AppendAsync([.. events, Sample.Event(9, repository: 2)]);

        Assert.Equal([2, 5, 3, 1], (await Store.ReadHistoryAsync(Sample.Query())).Ids());
        Assert.Equal([2, 5], (await Store.ReadHistoryAsync(Sample.Query(limit: 2))).Ids());
    }

    [Fact]
    public async Task Since_is_inclusive_and_until_exclusive()
    {
        await Store.AppendAsync(Sample.Events(1, 10, repositories: 1));
        var query = Sample.Query() with { Since = Sample.Noon.AddSeconds(3), Until = Sample.Noon.AddSeconds(6) };
        Assert.Equal([5, 4, 3], (await Store.ReadHistoryAsync(query)).Ids());

        // Bounds finer than what is stored round to the same sense.
        query = query with { Since = Sample.Noon.AddSeconds(3).AddTicks(1), Until = Sample.Noon.AddSeconds(6).AddTicks(1) };
        Assert.Equal([6, 5, 4], (await Store.ReadHistoryAsync(query)).Ids());
    }

    [Fact]
    public async Task Only_the_types_asked_for_are_answered()
    {
        string[] types = ["PushEvent", "ForkEvent", "WatchEvent"];
        await Store.AppendAsync([.. Enumerable.Range(1, 9).Select(id => Sample.Event(id, type: types[id % 3]))]);
        var other = await OpenAnotherAsync();

        foreach (var store in new[] { Store, other })
        {
            Assert.Equal([9, 6, 3], (await store.ReadHistoryAsync(Sample.Query() with { Types = [EventType.Parse("PushEvent")] })).Ids());
            Assert.Equal([9, 8, 6, 5], (await store.ReadHistoryAsync(Sample.Query(limit: 4) with
            {
                Types = [EventType.Parse("PushEvent"), EventType.Parse("WatchEvent"), EventType.Parse("NeverCameEvent")],
            })).Ids());
            Assert.Empty(await store.ReadHistoryAsync(Sample.Query() with { Types = [EventType.Parse("NeverCameEvent")] }));
        }
    }

    [Fact]
    public async Task Pages_stay_right_while_events_arrive()
    {
        var held = Enumerable.Range(1, 95).Select(id => Sample.Event(id, Sample.Noon.AddSeconds(id / 4))).ToArray();
        await Store.AppendAsync(held);

        var read = new List<GitHubEvent>();
        var query = Sample.Query(limit: 10);
        for (var page = 0; ; page++)
        {
            var events = await Store.ReadHistoryAsync(query);
            if (events.Count == 0)
                break;
            read.AddRange(events);
            query = query with { Before = events[^1].Key };
            await Store.AppendAsync(Sample.Event(1000 + page, Sample.Noon.AddHours(1)), Sample.Event(2000 + page, Sample.Noon.AddSeconds(24 - page)));
        }

        Assert.Equal(read.Select(e => e.Key).OrderDescending(), read.Select(e => e.Key));
        Assert.Equal(held.Ids(), read.Ids().Where(id => id < 1000).Order());
        Assert.Equal(read.Count, read.Ids().Distinct().Count());
    }

    [Fact]
    public async Task Payloads_come_back_byte_for_byte()
    {
        var random = new Random(7);
        var noise = new byte[100_000];
        random.NextBytes(noise);
        byte[][] payloads =
        [
            [],
            "{}"u8.ToArray(),
            [0, 255, 254, 10, 13, 0],
            Encoding.UTF8.GetBytes("{\"id\":\"3\",\"payload\":{},\"text\":\"\u0001 \\u0000 \ud83e\udd80 é\"}"),
            noise,
            Encoding.UTF8.GetBytes($"{{\"id\":\"6\",\"body\":\"{new string('x', 1 << 20)}\"}}"),
            [.. Enumerable.Repeat(noise, 11).SelectMany(bytes => bytes)],
        ];
        await Store.AppendAsync([.. payloads.Select((json, i) => Sample.Event(i + 1, json: json))]);
        await RestartAsync();

        var read = await Store.ReadHistoryAsync(Sample.Query());
        Assert.Equal(payloads.Length, read.Count);
        Assert.All(read, e => Assert.True(e.Json.Span.SequenceEqual(payloads[e.Key.Id.Value - 1]), $"The payload {e.Id()} differs."));
    }

    [Fact]
    public async Task Thousands_of_payloads_come_back_in_every_process_however_they_were_stored()
    {
        var other = await OpenAnotherAsync();
        var events = Sample.Events(1, 4_000, repositories: 1);
        await Store.AppendAsync(events[..700]);
        Assert.Equal(events[..700].Select(e => e.Text()), (await other.FollowAsync(LogPosition.Start, includeJson: true)).Events.Select(e => e.Text()));
        await Store.AppendAsync(events[700..2_000]);
        await other.AppendAsync(events[2_000..3_500]);
        await Store.AppendAsync(events[3_500..]);

        foreach (var store in new[] { Store, other, await OpenAnotherAsync() })
        {
            var (read, _) = await store.FollowAsync(LogPosition.Start, maxEvents: 1_000, includeJson: true);
            Assert.Equal(events.Select(e => e.Text()), read.Select(e => e.Text()));
            Assert.Equal(events.Reverse().Select(e => e.Text()), (await store.ReadHistoryAsync(Sample.Query(limit: 5_000))).Select(e => e.Text()));
        }
    }
}
