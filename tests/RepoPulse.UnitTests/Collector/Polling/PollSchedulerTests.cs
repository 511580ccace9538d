using RepoPulse.Collector;
using RepoPulse.Collector.Polling;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub;

namespace RepoPulse.UnitTests.Collector.Polling;

public sealed class PollSchedulerTests : IEventLogWriter, IFeedStore, IWatchList, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TestMeterFactory _meters = new();
    private readonly Dictionary<FeedAddress, FeedCursor> _cursors = [];
    private readonly List<(string Collector, int Feeds, DateTimeOffset At)> _registered = [];
    private readonly List<FeedAddress> _saved = [];
    private readonly CollectorStatus _status = new();
    private int _failingRegistrations;
    private int _failingSaves;

    private StubGitHub GitHub { get; } = new(new GitHubOptions { Tokens = ["t"], MaxRetries = 0, RequestTimeout = TimeSpan.FromHours(1) });

    private SettableTime Time => GitHub.Time;

    public void Dispose()
    {
        GitHub.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Feeds_are_polled_when_they_are_due_and_again_when_the_next_poll_is()
    {
        Watch("octo/a", Noon.AddMinutes(1));
        Watch("octo/b", Noon.AddMinutes(3));
        for (var i = 0; i < 3; i++)
            GitHub.Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));

        using var scheduler = await StartAsync();
        await UntilAsync(() => _saved.Count == 2);

        Assert.Equal(
            ["/repos/octo/a/events", "/repos/octo/b/events"], GitHub.Requests.Select(request => request.Request.RequestUri!.AbsolutePath));
        Assert.InRange(GitHub.Requests[0].At, Noon.AddMinutes(1), Noon.AddMinutes(1.1));
        Assert.InRange(GitHub.Requests[1].At, Noon.AddMinutes(3), Noon.AddMinutes(3.1));

        await UntilAsync(() => _saved.Count == 3);
        Assert.InRange(GitHub.Requests[2].At, Noon.AddMinutes(6), Noon.AddMinutes(7.5));
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(-60 * 24 * 365)]
    [InlineData(60)]
    public async Task Setting_the_clock_while_feeds_are_polled_does_not_keep_them_waiting(int minutes)
    {
        Watch("octo/a", null);
        for (var i = 0; i < 20; i++)
            GitHub.Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));
        using var scheduler = await StartAsync();
        await UntilAsync(() => _saved.Count >= 2);

        Time.Ahead = TimeSpan.FromMinutes(minutes);
        var (saved, set) = (_saved.Count, Time.Right);
        await UntilAsync(() => _saved.Count >= saved + 3);

        Assert.InRange(Time.Right - set, TimeSpan.FromMinutes(3), 3 * TimeSpan.FromMinutes(17));
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_feed_whose_next_poll_a_clock_that_was_ahead_has_set_is_polled_as_soon_as_GitHub_allows()
    {
        // Polled at noon with an interval of five minutes, by a clock that was a day ahead.
        _cursors[Address("octo/a")] = new FeedCursor { LastPolledAt = Noon.AddDays(1), NextPollAt = Noon.AddDays(1).AddMinutes(5) };
        GitHub.Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));

        using var scheduler = await StartAsync();
        // The wait that is chosen while the clock stands still: a driver that runs ahead of a busy thread does not change it.
        Assert.InRange(await Time.FirstWait, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
        await UntilAsync(() => _saved.Count == 1);

        Assert.True(GitHub.Requests[0].At >= Noon.AddMinutes(1));
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_feed_that_was_never_polled_is_due_at_once_and_a_gone_one_never()
    {
        Watch("octo/new", null);
        _cursors[Address("octo/gone")] = new FeedCursor { State = RepositoryState.Gone, LastPolledAt = Noon.AddDays(-1) };
        GitHub.Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));

        using var scheduler = await StartAsync();
        await UntilAsync(() => _saved.Count == 1);
        await UntilAsync(() => Time.GetUtcNow() > Noon.AddMinutes(14));

        Assert.Equal([Address("octo/new")], _saved);
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_list_that_cannot_be_registered_is_tried_again_and_the_status_says_why()
    {
        _failingRegistrations = 3;
        Watch("octo/a", null);
        GitHub.Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));

        using var scheduler = await StartAsync();
        await UntilAsync(() => _status.Current.Failure is not null);
        Assert.Equal("no database", _status.Current.Failure);
        await UntilAsync(() => _status.Current.Failure is null);
        await UntilAsync(() => _saved.Count == 1);

        Assert.Equal(1, _status.Current.Feeds);
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_poll_that_cannot_be_stored_is_repeated_from_the_cursor_that_the_store_holds()
    {
        _failingSaves = 1;
        Watch("octo/a", null);
        GitHub
            .Answers(200, PollingBench.Page(PollingBench.Down(3, 3)), ("ETag", "\"lost\""))
            .Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));

        using var scheduler = await StartAsync();
        await UntilAsync(() => _saved.Count == 1);

        Assert.Equal(2, GitHub.Requests.Count);
        Assert.False(GitHub.Requests[1].Request.Headers.Contains("If-None-Match"));
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_list_is_registered_again_long_before_it_lapses()
    {
        using var scheduler = await StartAsync();
        await UntilAsync(() => _registered.Count == 3);

        Assert.All(_registered, registration => Assert.Equal("here", registration.Collector));
        Assert.All(_registered.Zip(_registered.Skip(1)), pair => Assert.InRange(
            pair.Second.At - pair.First.At, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)));
        await scheduler.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task On_shutdown_a_poll_under_way_is_given_time_to_end_and_none_is_begun()
    {
        Watch("octo/a", null);
        Watch("octo/b", Noon.AddMinutes(30));
        GitHub.NeverAnswers();
        using var scheduler = await StartAsync();
        await UntilAsync(() => GitHub.Requests.Count == 1);

        var stopping = scheduler.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        var asked = Time.GetUtcNow();
        await Time.DriveAsync(stopping.ContinueWith(_ => true, TaskScheduler.Default));

        // How much further the clock runs before the end is noticed is for the threads to say; the request itself would go on for an hour.
        Assert.InRange(Time.GetUtcNow() - asked, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(59));
        await UntilAsync(() => Time.GetUtcNow() > Noon.AddMinutes(40));
        Assert.Single(GitHub.Requests);
    }

    ValueTask<AppendResult> IEventLogWriter.AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
        => ValueTask.FromResult(new AppendResult(events.Count, 0));

    ValueTask<IReadOnlyList<WatchedFeed>> IFeedStore.ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => ValueTask.FromResult<IReadOnlyList<WatchedFeed>>(
            [.. _cursors.Select(
                pair => new WatchedFeed(pair.Key) { LastPolledAt = pair.Value.LastPolledAt, NextPollAt = pair.Value.NextPollAt })]);

    ValueTask<FeedCursor> IFeedStore.ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_cursors[feed]);

    ValueTask IFeedStore.NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    ValueTask<bool> IFeedStore.SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
    {
        if (_failingSaves-- > 0)
            throw new StorageException("disk full", isTransient: true);
        lock (_saved)
            _saved.Add(feed);
        return ValueTask.FromResult(true);
    }

    ValueTask IWatchList.RegisterAsync(
        string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_failingRegistrations-- > 0)
            throw new StorageException("no database", isTransient: true);
        _registered.Add((collector, feeds.Count, now));
        return ValueTask.CompletedTask;
    }

    private static FeedAddress Address(string name) => FeedAddress.OfRepository(RepositoryName.Parse(name));

    private void Watch(string name, DateTimeOffset? next)
        => _cursors[Address(name)] = new FeedCursor { NextPollAt = next, LastPolledAt = next is null ? null : Noon.AddMinutes(-5) };

    private Task<bool> UntilAsync(Func<bool> isTrue) => Time.DriveAsync(WatchAsync(isTrue), step: TimeSpan.FromMilliseconds(500));

    private static async Task<bool> WatchAsync(Func<bool> isTrue)
    {
        while (!isTrue())
            await Task.Yield();
        return true;
    }

    private async Task<PollingService> StartAsync()
    {
        var scheduler = Pollers.CreateScheduler(GitHub, this, this, this, new CollectorOptions { Name = "here" }, _status, _meters);
        await scheduler.StartAsync(CancellationToken.None);
        return scheduler;
    }
}
