using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class EventLogContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task An_empty_log_gives_one_empty_batch_to_resume_from()
    {
        var (events, position) = await Store.ReadSinceAsync(DateTimeOffset.MinValue);
        Assert.Empty(events);

        await Store.AppendAsync(Sample.Event(1));
        Assert.Equal([1], (await Store.FollowAsync(position)).Events.Ids());
    }

    [Fact]
    public async Task After_the_end_only_what_is_appended_later_is_read()
    {
        await Store.AppendAsync(Sample.Events(1, 5));
        var end = await Store.Reader.ReadEndAsync(Cancellation);
        Assert.Empty((await Store.FollowAsync(end)).Events);

        await Store.AppendAsync(Sample.Event(6));

        Assert.Equal([6], (await Store.FollowAsync(end)).Events.Ids());
    }

    [Fact]
    public async Task What_is_appended_is_read_in_order_with_all_that_it_had()
    {
        var events = Sample.Events(1, 250);
        Assert.Equal(new AppendResult(250, 0), await Store.AppendAsync(events));

        var (read, _) = await Store.FollowAsync(LogPosition.Start, maxEvents: 99, includeJson: true);

        if (!OneOrder)
        {
            Assert.All(read.GroupBy(e => e.RepositoryId), of => Assert.Equal(of.Ids().Order(), of.Ids()));
            read = [.. read.OrderBy(e => e.Key)];
        }

        Assert.Equal(events.Ids(), read.Ids());
        Assert.Equal(events.Select(e => (e.Key, e.Type, e.RepositoryId, e.Repository)), read.Select(
            e => (e.Key, e.Type, e.RepositoryId, e.Repository)));
        Assert.Equal(events.Select(e => e.Text()), read.Select(e => e.Text()));
    }

    [Fact]
    public async Task A_read_with_JSON_says_of_each_event_where_to_resume_after_it()
    {
        await Store.AppendAsync(Sample.Events(1, 30));
        await Store.AppendAsync(Sample.Events(31, 10));
        var batch = await Store.Reader.ReadPageAsync(LogPosition.Start, 100, int.MaxValue, Cancellation);

        Assert.Equal(40, batch.Events.Count);
        Assert.Equal(40, batch.Positions.Count);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var (rest, _) = await Store.FollowAsync(batch.Positions[i], includeJson: true);
            Assert.Equal(batch.Events.Skip(i + 1).Select(e => e.Key).Order(), rest.Select(e => e.Key).Order());
            Assert.True(batch.Position.Covers(batch.Positions[i]));
        }
    }

    [Fact]
    public async Task A_page_ends_with_the_event_that_brings_it_to_so_many_bytes_and_the_next_goes_on_there()
    {
        await Store.AppendAsync(Sample.Events(1, 30));
        var (all, _) = await Store.FollowAsync(LogPosition.Start, includeJson: true);
        var read = new List<GitHubEvent>();
        for (var position = LogPosition.Start; read.Count < 30;)
        {
            var maxBytes = 1 + all[read.Count].Json.Length;
            var page = await Store.Reader.ReadPageAsync(position, 3, maxBytes, Cancellation);
            Assert.InRange(page.Events.Count, 1, 2);
            Assert.Equal(page.Events.Count, page.Positions.Count);
            Assert.Equal(page.Position, page.Positions[^1]);
            read.AddRange(page.Events);
            position = page.Position;
        }

        Assert.Equal(all.Select(e => (e.Key, e.Text())).OrderBy(e => e.Key), read.Select(e => (e.Key, e.Text())).OrderBy(e => e.Key));
        Assert.Equal(3, (await Store.Reader.ReadPageAsync(LogPosition.Start, 3, int.MaxValue, Cancellation)).Events.Count);
    }

    [Fact]
    public async Task The_end_of_the_log_is_found_without_reading_it()
    {
        await Store.AppendAsync(Sample.Events(1, 30));
        var (events, end) = await Store.ReadSinceAsync(DateTimeOffset.MaxValue);
        Assert.Empty(events);

        await Store.AppendAsync(Sample.Events(31, 5));
        Assert.Equal(5, (await Store.FollowAsync(end)).Events.Count);
    }

    [Fact]
    public async Task Its_secret_is_one_for_all_that_read_it_and_for_ever()
    {
        var secret = (await Store.Secret.ReadAsync(Cancellation)).ToArray();
        Assert.True(secret.Length >= 32 && secret.Distinct().Count() > 8);
        Assert.Equal(secret, (await (await OpenAnotherAsync()).Secret.ReadAsync(Cancellation)).ToArray());
        await RestartAsync();
        Assert.Equal(secret, (await Store.Secret.ReadAsync(Cancellation)).ToArray());
    }

    [Fact]
    public async Task JSON_is_left_out_where_it_is_not_asked_for()
    {
        await Store.AppendAsync(Sample.Event(1));
        Assert.True((await Store.FollowAsync(LogPosition.Start)).Events.Single().Json.IsEmpty);
        Assert.True((await Store.ReadSinceAsync(Sample.Noon)).Events.Single().Json.IsEmpty);
    }

    [Fact]
    public async Task An_event_is_held_once_within_a_batch_and_between_batches()
    {
        var events = Sample.Events(1, 10);
        Assert.Equal(ResultOf(10, 2), await Store.AppendAsync([.. events, events[3], events[3]]));
        Assert.Equal(ResultOf(5, 10), await Store.AppendAsync([.. events, .. Sample.Events(11, 5)]));

        var ids = (await Store.FollowAsync(LogPosition.Start)).Events.Ids();
        Assert.Equal(Enumerable.Range(1, 15).Select(id => (long)id), ReportsDuplicates ? ids : ids.Distinct().Order());
    }

    [Fact]
    public async Task One_id_at_two_times_is_two_events()
    {
        await Store.AppendAsync(Sample.Event(7, Sample.Noon), Sample.Event(7, Sample.Noon.AddYears(1)));
        Assert.Equal(2, (await Store.FollowAsync(LogPosition.Start)).Events.Count);
    }

    [Fact]
    public async Task An_empty_batch_is_nothing() =>
        Assert.Equal(default, await Store.AppendAsync());

    [Fact]
    public async Task An_event_of_no_repository_is_refused_and_its_batch_with_it()
    {
        var stray = Sample.Event(2) with { RepositoryId = RepositoryId.None, Repository = default };
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(Sample.Event(1), stray));
        Assert.Empty((await Store.FollowAsync(LogPosition.Start)).Events);
    }

    [Fact]
    public async Task Times_keep_their_microseconds_and_derived_ids_their_kind()
    {
        GitHubEvent[] events =
        [
            Sample.Event(EventId.FromTimeline(0).Value, new DateTimeOffset(2011, 2, 12, 0, 0, 0, TimeSpan.Zero)),
            Sample.Event(EventId.FromWebhook(ulong.MaxValue).Value, Sample.Noon.AddMicroseconds(123_457)),
            Sample.Event(long.MaxValue, Sample.Noon.AddDays(4000)),
            Sample.Event(0, DateTimeOffset.UnixEpoch),
        ];
        await Store.AppendAsync(events);
        Assert.Equal(events.Select(e => e.Key), (await Store.FollowAsync(LogPosition.Start)).Events.Select(e => e.Key));
        Assert.Equal(
            events.Select(e => e.Key).Order(), (await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Select(e => e.Key).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_fold_starts_from_the_events_at_or_after_a_time(int maxEvents)
    {
        // Many at one time: a page that ends among them must not lose the rest.
        var events = Enumerable.Range(0, 60).Select(i => Sample.Event(i + 1, Sample.Noon.AddSeconds(i / 7))).ToArray();
        Random.Shuffle(events);
        await Store.AppendAsync(events);

        var since = Sample.Noon.AddSeconds(3);
        var (read, _) = await Store.ReadSinceAsync(since, maxEvents);

        Assert.Equal(events.Where(e => e.Key.CreatedAt >= since).Select(e => e.Key).Order(), read.Select(e => e.Key).Order());
        Assert.Empty((await Store.ReadSinceAsync(Sample.Noon.AddHours(1))).Events);
    }

    [Fact]
    public async Task Between_a_fold_and_following_nothing_is_missed()
    {
        await Store.AppendAsync(Sample.Events(1, 30));
        var seen = new List<GitHubEvent>();
        var position = LogPosition.Start;
        var next = 31;
        await foreach (var batch in Store.Reader.ReadSinceAsync(DateTimeOffset.MinValue, 10, Cancellation))
        {
            seen.AddRange(batch.Events);
            position = batch.Position;
            // Some behind where the fold is, some before it.
            await Store.AppendAsync(Sample.Event(next, Sample.Noon.AddDays(-1)), Sample.Event(next + 1));
            next += 2;
            if (next > 50)
                break;
        }

        seen.AddRange((await Store.FollowAsync(position)).Events);
        Assert.Equal(Enumerable.Range(1, next - 1).Select(id => (long)id), seen.Ids().Distinct().Order());
    }

    [Fact]
    public async Task A_position_survives_its_text_and_a_restart()
    {
        await Store.AppendAsync(Sample.Events(1, 5));
        var (_, position) = await Store.FollowAsync(LogPosition.Start);
        await Store.AppendAsync(Sample.Events(6, 5));
        await RestartAsync();

        Assert.True(LogPosition.TryParse(position.ToString(), out var parsed));
        Assert.Equal([6, 7, 8, 9, 10], (await Store.FollowAsync(parsed)).Events.Ids().Order());
    }

    [Fact]
    public async Task At_the_end_the_position_stays()
    {
        await Store.AppendAsync(Sample.Event(1));
        var (_, position) = await Store.FollowAsync(LogPosition.Start);
        Assert.Equal(position, (await Store.Reader.ReadAsync(position, 10, Cancellation)).Position);
    }

    [Fact]
    public async Task Waiting_ends_at_once_where_there_is_something_to_read()
    {
        await Store.AppendAsync(Sample.Event(1));
        await Store.Reader.WaitForEventsAsync(LogPosition.Start, Cancellation);
    }

    [Fact]
    public async Task Waiting_at_the_end_of_what_was_read_lasts_until_there_is_more()
    {
        await Store.AppendAsync(Sample.Events(1, 5));
        var (_, end) = await Store.FollowAsync(LogPosition.Start);
        var (_, resume) = await Store.ReadSinceAsync(DateTimeOffset.MinValue);
        Task[] waits = [await StartWaitingAsync(end), await StartWaitingAsync(resume)];
        if (ReportsDuplicates)
            await Store.AppendAsync(Sample.Events(1, 5));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        await Store.AppendAsync(Sample.Event(6));
        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Waiting_ends_with_an_append_of_this_process_though_the_clock_stands_still()
    {
        var wait = await StartWaitingAsync(LogPosition.Start);
        Assert.False(wait.IsCompleted);
        await Store.AppendAsync(Sample.Event(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Waiting_ends_within_250_ms_of_an_append_of_another_process()
    {
        var other = await OpenAnotherAsync();
        var wait = await StartWaitingAsync(LogPosition.Start);
        await other.AppendAsync(Sample.Event(1));
        Time.Advance(TimeSpan.FromMilliseconds(250));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var wait = Store.Reader.WaitForEventsAsync(LogPosition.Start, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task Two_processes_append_and_follow_and_nothing_is_passed_over()
    {
        const int Batches = 60;
        var other = await OpenAnotherAsync();
        async Task AppendAsync(Store store, int first)
        {
            for (var i = 0; i < Batches; i++)
                await store.AppendAsync(Sample.Events(first + (i * 5), 5));
        }

        async Task<List<long>> FollowAsync(Store store)
        {
            var seen = new List<long>();
            var position = LogPosition.Start;
            while (seen.Count < Batches * 5 * 2)
            {
                var batch = await store.Reader.ReadAsync(position, 7, Cancellation);
                position = batch.Position;
                seen.AddRange(batch.Events.Ids());
                await Task.Yield();
            }

            return seen;
        }

        var followers = new[] { Task.Run(() => FollowAsync(Store)), Task.Run(() => FollowAsync(other)) };
        await Task.WhenAll(Task.Run(() => AppendAsync(Store, 1)), Task.Run(() => AppendAsync(other, 10_000)));
        var followed = await Task.WhenAll(followers).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        var all = Enumerable.Range(1, Batches * 5).Concat(Enumerable.Range(10_000, Batches * 5)).Select(id => (long)id);
        Assert.All(followed, ids => Assert.Equal(all, ids.Order()));
        if (OneOrder)
            Assert.Equal(followed[0], followed[1]);
    }

    private bool OneOrder => Storage.KeepsOneOrder;

    private bool ReportsDuplicates => Storage.ReportsDuplicates;

    private AppendResult ResultOf(int appended, int held) => ReportsDuplicates ? new(appended, held) : new(appended + held, 0);

    private async Task<Task> StartWaitingAsync(LogPosition after)
    {
        // Opened before, so that the first look is over once the call returns, and only a signal or the clock can end the wait.
        await Store.FollowAsync(after);
        return Store.Reader.WaitForEventsAsync(after, Cancellation).AsTask();
    }

    private static Random Random { get; } = new(20261123);
}
