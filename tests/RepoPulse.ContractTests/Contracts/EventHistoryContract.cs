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
        GitHubEvent[] events = [Sample.Event(1, Sample.Noon), Sample.Event(5, Sample.Noon), Sample.Event(3, Sample.Noon), Sample.Event(
            2, Sample.Noon.AddHours(1))];
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
    public async Task An_answer_ends_with_the_event_that_brings_it_to_so_many_bytes()
    {
        var events = Sample.Events(1, 10, repositories: 1);
        await Store.AppendAsync(events);

        Assert.Equal([10], (await Store.ReadHistoryAsync(Sample.Query() with { MaxBytes = 1 })).Ids());
        Assert.Equal([10], (await Store.ReadHistoryAsync(Sample.Query() with { MaxBytes = events[9].Json.Length })).Ids());
        Assert.Equal([10, 9], (await Store.ReadHistoryAsync(Sample.Query() with { MaxBytes = events[9].Json.Length + 1 })).Ids());
        Assert.Equal(10, (await Store.ReadHistoryAsync(Sample.Query() with { MaxBytes = events.Sum(e => e.Json.Length) })).Count);
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
            await Store.AppendAsync(
                Sample.Event(1000 + page, Sample.Noon.AddHours(1)), Sample.Event(2000 + page, Sample.Noon.AddSeconds(24 - page)));
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
        Assert.Equal(events[..700].Select(e => e.Text()), (await other.FollowAsync(LogPosition.Start, includeJson: true)).Events.Select(
            e => e.Text()));
        await Store.AppendAsync(events[700..2_000]);
        await other.AppendAsync(events[2_000..3_500]);
        await Store.AppendAsync(events[3_500..]);

        foreach (var store in new[] { Store, other, await OpenAnotherAsync() })
        {
            var (read, _) = await store.FollowAsync(LogPosition.Start, maxEvents: 1_000, includeJson: true);
            Assert.Equal(events.Select(e => e.Text()), read.Select(e => e.Text()));
            Assert.Equal(
                events.Reverse().Select(e => e.Text()), (await store.ReadHistoryAsync(Sample.Query(limit: 5_000))).Select(e => e.Text()));
        }
    }

    [Fact]
    public async Task Events_are_counted_by_bucket_and_type_in_the_order_of_time()
    {
        await Store.AppendAsync(
            Sample.Event(1, Sample.Noon), Sample.Event(2, Sample.Noon.AddMinutes(59).AddSeconds(59)),
            Sample.Event(3, Sample.Noon.AddMinutes(10), "ForkEvent"),
            Sample.Event(4, Sample.Noon.AddHours(1)), Sample.Event(5, Sample.Noon.AddHours(3), "ForkEvent"),
            Sample.Event(6, Sample.Noon, repository: 2));
        var other = await OpenAnotherAsync();

        foreach (var store in new[] { Store, other })
        {
            var counts = await store.CountAsync(Activity(TimeSpan.FromHours(1)));
            Assert.Equal(counts.Select(count => count.From).Order(), counts.Select(count => count.From));
            Assert.Equal(
                [(Sample.Noon, "ForkEvent", 1), (Sample.Noon, "PushEvent", 2), (Sample.Noon.AddHours(1), "PushEvent", 1), (Sample.Noon.AddHours(3), "ForkEvent", 1)],
                counts.OrderBy(count => count.From).ThenBy(count => count.Type, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_that_happened_outside_the_time_asked_for_is_counted()
    {
        await Store.AppendAsync(Sample.Events(1, 10, repositories: 1));
        var query = Activity(TimeSpan.FromMinutes(1)) with { Since = Sample.Noon.AddSeconds(3), Until = Sample.Noon.AddSeconds(6) };

        Assert.Equal([(Sample.Noon, "PushEvent", 3)], await Store.CountAsync(query));
        Assert.Equal([(Sample.Noon, "PushEvent", 3)], await Store.CountAsync(
            query with { Since = query.Since.AddTicks(1), Until = query.Until.AddTicks(1) }));
        Assert.Empty(await Store.CountAsync(query with { Until = query.Since }));
        Assert.Empty(await Store.CountAsync(query with { RepositoryId = new RepositoryId(2) }));
    }

    [Fact]
    public async Task Only_the_types_asked_for_are_counted()
    {
        string[] types = ["PushEvent", "ForkEvent", "WatchEvent"];
        await Store.AppendAsync([.. Enumerable.Range(1, 9).Select(id => Sample.Event(id, type: types[id % 3]))]);
        var query = Activity(TimeSpan.FromDays(1));

        Assert.Equal([("PushEvent", 3)], await CountedAsync("PushEvent"));
        Assert.Equal([("PushEvent", 3), ("WatchEvent", 3)], await CountedAsync("WatchEvent", "PushEvent", "NeverCameEvent"));
        Assert.Empty(await CountedAsync("NeverCameEvent"));

        async Task<IEnumerable<(string, long)>> CountedAsync(params string[] asked) =>
            (await Store.CountAsync(query with { Types = [.. asked.Select(EventType.Parse)] }))
                .Select(count => (count.Type, count.Events))
                .Order();
    }

    [Fact]
    public async Task Buckets_start_at_multiples_of_their_length_since_1970_and_before_it()
    {
        var epoch = DateTimeOffset.UnixEpoch;
        var week = TimeSpan.FromDays(7);
        DateTimeOffset[] times =
        [
            epoch.AddTicks(-10),
            epoch,
            epoch + week - TimeSpan.FromMicroseconds(1),
            epoch + week,
            epoch - week,
            epoch - week - TimeSpan.FromMicroseconds(1),
            epoch + week * 2000
        ];
        await Store.AppendAsync([.. times.Select((at, i) => Sample.Event(i + 1, at))]);

        var counts = await Store.CountAsync(Activity(week) with { Since = DateTimeOffset.MinValue, Until = DateTimeOffset.MaxValue });

        Assert.Equal(
            [(epoch - week * 2, "PushEvent", 1), (epoch - week, "PushEvent", 2), (epoch, "PushEvent", 2), (epoch + week, "PushEvent", 1), (epoch
                + week * 2000, "PushEvent", 1)],
            counts);
    }

    [Fact]
    public async Task What_retention_let_go_is_not_counted()
    {
        await Store.AppendAsync(Sample.Events(1, 10, repositories: 1));
        while (await Store.Retention.DeleteStepAsync(Sample.Noon.AddSeconds(6), Cancellation) > 0)
        {
        }

        Assert.Equal([(Sample.Noon, "PushEvent", 5)], await Store.CountAsync(Activity(TimeSpan.FromHours(1))));
    }

    private static ActivityQuery Activity(TimeSpan bucket) =>
        new() { RepositoryId = new RepositoryId(1), Since = Sample.Noon.AddDays(-1), Until = Sample.Noon.AddDays(1), Bucket = bucket };
}
