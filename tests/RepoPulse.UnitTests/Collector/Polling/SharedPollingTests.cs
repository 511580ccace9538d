using RepoPulse.Collector;
using RepoPulse.Collector.Polling;
using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>What a collector polls where others share the feeds with it.</summary>
public sealed class SharedPollingTests : IEventLogWriter, IFeedStore, IWatchList, IFeedLeases, IDisposable
{
    private static readonly FeedAddress A = Address("octo/a");
    private static readonly FeedAddress B = Address("octo/b");

    private readonly MeasuringMeterFactory _meters = new();
    private readonly Queue<FeedLease> _shares = [];
    private readonly List<IReadOnlyCollection<TokenUse>> _reported = [];
    private readonly StubGitHub _gitHub = new(new GitHubOptions { Tokens = ["t"], MaxRetries = 0 });
    private readonly PollCoordinator _rounds;

    private int _released;
    private bool _isLost;

    public SharedPollingTests() => _rounds = Pollers.CreateRounds(
        _gitHub, this, this, this, this, new CollectorOptions { Name = "here", Feeds = [A, B] }, new CollectorStatus(), _meters);

    TimeSpan IFeedLeases.RenewInterval => TimeSpan.FromSeconds(3);

    private DateTimeOffset Now => _gitHub.Time.GetUtcNow();

    public void Dispose()
    {
        _gitHub.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Only_what_is_its_share_is_polled()
    {
        _shares.Enqueue(Share(gained: [A]));
        await _rounds.RefreshAsync(default);
        Assert.Equal([A], Begun());
    }

    [Fact]
    public async Task What_it_lost_is_not_polled_and_what_it_gained_is()
    {
        _shares.Enqueue(Share(gained: [A]));
        _shares.Enqueue(Share(gained: [B], lost: [A]));
        await _rounds.RefreshAsync(default);
        _gitHub.Time.Advance(TimeSpan.FromSeconds(3));
        await _rounds.RefreshAsync(default);
        Assert.Equal([B], Begun());
    }

    [Fact]
    public async Task The_share_is_renewed_in_time_and_not_more_often()
    {
        _shares.Enqueue(Share());
        _shares.Enqueue(Share());
        await _rounds.RefreshAsync(default);
        Assert.Equal(_gitHub.Time.GetSteadyNow() + TimeSpan.FromSeconds(3), _rounds.NextDue);
        _gitHub.Time.Advance(TimeSpan.FromSeconds(2));
        await _rounds.RefreshAsync(default);
        Assert.Single(_shares);
        _gitHub.Time.Advance(TimeSpan.FromSeconds(1));
        await _rounds.RefreshAsync(default);
        Assert.Empty(_shares);
    }

    [Fact]
    public async Task Without_a_renewal_nothing_is_begun_once_others_may_have_taken_over()
    {
        _shares.Enqueue(Share(gained: [A, B]) with { HeldUntil = Now.AddSeconds(12) });
        await _rounds.RefreshAsync(default);
        Assert.True(_rounds.TryBegin(out _));

        _gitHub.Time.Advance(TimeSpan.FromSeconds(12));
        await Assert.ThrowsAsync<StorageException>(async () => await _rounds.RefreshAsync(default));
        Assert.False(_rounds.TryBegin(out _));
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task A_clock_that_is_set_changes_nothing_of_how_long_a_share_is_held(int minutes)
    {
        _shares.Enqueue(Share(gained: [A, B]) with { HeldUntil = Now.AddSeconds(12) });
        await _rounds.RefreshAsync(default);

        _gitHub.Time.Ahead = TimeSpan.FromMinutes(minutes);
        Assert.True(_rounds.TryBegin(out _));
        _gitHub.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.False(_rounds.TryBegin(out _));
    }

    [Fact]
    public async Task After_a_leap_of_the_clock_the_share_is_renewed_and_feeds_are_polled_once_GitHub_allows()
    {
        // As after a machine's sleep: the feed may overflow before its turn would come.
        _shares.Enqueue(
            Share() with { Gained = [new WatchedFeed(A) { LastPolledAt = Now.AddMinutes(-1), NextPollAt = Now.AddMinutes(14) }] });
        _shares.Enqueue(Share());
        await _rounds.RefreshAsync(default);
        Assert.Empty(Begun());

        _gitHub.Time.Ahead = TimeSpan.FromHours(8);
        await _rounds.RefreshAsync(default);
        Assert.Empty(_shares);
        Assert.Empty(Begun());
        _gitHub.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([A], Begun());
    }

    [Fact]
    public async Task A_wait_that_another_collector_met_holds_here_and_is_passed_on()
    {
        var token = _gitHub.Tokens.Tokens[0];
        _shares.Enqueue(Share() with { Tokens = [new TokenReport(token.Name, 2, TimeSpan.FromMinutes(5))] });
        _shares.Enqueue(Share());
        await _rounds.RefreshAsync(default);
        Assert.Equal(Now.AddMinutes(5), token.Account.BlockedUntil);
        Assert.Equal(2, token.Account.Collectors);

        _gitHub.Time.Advance(TimeSpan.FromSeconds(3));
        await _rounds.RefreshAsync(default);
        Assert.Equal([new TokenUse(token.Name, TimeSpan.Zero)], _reported[0]);
        Assert.Equal([new TokenUse(token.Name, TimeSpan.FromSeconds(297))], _reported[1]);
        Assert.Equal(1, token.Account.Collectors);
    }

    [Fact]
    public async Task A_poll_whose_feed_was_taken_over_meanwhile_declares_nothing()
    {
        _shares.Enqueue(Share(gained: [A]));
        await _rounds.RefreshAsync(default);
        Assert.True(_rounds.TryBegin(out var feed));
        _isLost = true;
        _gitHub.Answers(200, PollingBench.Page(PollingBench.Down(3, 3)));
        var result = await _gitHub.Time.DriveAsync(_rounds.PollAsync(feed, default));
        Assert.NotNull(result);
        Assert.Equal(1, _meters.Measured["repopulse.collector.polls.overtaken"]);
    }

    [Fact]
    public async Task Who_ends_gives_everything_back()
    {
        await _rounds.ReleaseAsync(default);
        Assert.Equal(1, _released);
    }

    ValueTask<FeedLease> IFeedLeases.RenewAsync(
        IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _reported.Add(tokens);
        return _shares.TryDequeue(out var share)
            ? ValueTask.FromResult(share)
            : throw new StorageException("no database", isTransient: true);
    }

    ValueTask IFeedLeases.ReleaseAsync(CancellationToken cancellationToken)
    {
        _released++;
        return ValueTask.CompletedTask;
    }

    ValueTask<AppendResult> IEventLogWriter.AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
        => ValueTask.FromResult(new AppendResult(events.Count, 0));

    ValueTask<IReadOnlyList<WatchedFeed>> IFeedStore.ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => throw new InvalidOperationException("Who shares must not ask for all.");

    ValueTask<FeedCursor> IFeedStore.ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new FeedCursor());

    ValueTask<bool> IFeedStore.SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
        => ValueTask.FromResult(!_isLost);

    ValueTask IFeedStore.NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    ValueTask IWatchList.RegisterAsync(
        string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken)
        => ValueTask.CompletedTask;

    private static FeedAddress Address(string name) => FeedAddress.OfRepository(RepositoryName.Parse(name));

    private static FeedLease Share(FeedAddress[]? gained = null, FeedAddress[]? lost = null)
        => new() { Gained = [.. (gained ?? []).Select(feed => new WatchedFeed(feed))], Lost = lost ?? [] };

    private List<FeedAddress> Begun()
    {
        var begun = new List<FeedAddress>();
        while (_rounds.TryBegin(out var feed))
            begun.Add(feed);
        return begun;
    }
}
