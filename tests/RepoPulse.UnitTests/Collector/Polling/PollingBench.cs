using System.Diagnostics.Metrics;
using System.Globalization;
using RepoPulse.Collector;
using RepoPulse.Collector.Polling;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>A poller between a scripted GitHub and a store that remembers what it was given, in which order.</summary>
internal sealed class PollingBench : IEventLogWriter, IFeedStore, IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly FeedPoller _poller;

    public PollingBench(GitHubOptions? options = null)
    {
        GitHub = new StubGitHub(options);
        _poller = Pollers.Create(
            GitHub, this, this, new CollectorOptions { Name = "test", RetentionPeriod = TimeSpan.FromDays(30) }, _meters);
    }

    /// <summary>With another GitHub, log and retention.</summary>
    public PollingBench(StubGitHub gitHub, IEventLogWriter log, CollectorOptions options, IMeterFactory meters)
    {
        GitHub = gitHub;
        _poller = Pollers.Create(GitHub, log, this, options, meters);
    }

    public StubGitHub GitHub { get; }

    public Feed Feed { get; set; } = new(FeedAddress.OfRepository(RepositoryName.Parse("octo/cat")), new FeedCursor());

    public List<string> Journal { get; } = [];

    public List<EventKey> Stored { get; } = [];

    public List<(FeedAddress Feed, FeedCursor Cursor)> Saved { get; } = [];

    public SweepProof? Proof { get; private set; }

    public IReadOnlyList<NameObservation> Sightings { get; private set; } = [];

    public StorageException? AppendFailure { get; set; }

    public FeedCursor Cursor => Feed.Cursor;

    public static string Page(params IEnumerable<int> numbers) => $"[{string.Join(',', numbers.Select(EventJson))}]";

    public static IEnumerable<int> Down(int from, int count) => Enumerable.Range(0, count).Select(i => from - i);

    public Task PollAsync() => PollAsync(step: null);

    public async Task PollAsync(TimeSpan? step)
        => Feed = Feed with
        {
            Cursor = (await GitHub.Time.DriveAsync(_poller.PollAsync(Feed, CancellationToken.None).AsTask(), step)).Cursor
        };

    public IEnumerable<string> Asked() => GitHub.Requests.Select(request => request.Request.RequestUri!.PathAndQuery);

    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        if (AppendFailure is not null)
            throw AppendFailure;
        Journal.Add("append");
        Stored.AddRange(events.Select(e => e.Key));
        return ValueTask.FromResult(new AppendResult(events.Count, 0));
    }

    public ValueTask<IReadOnlyList<WatchedFeed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => ValueTask.FromResult<IReadOnlyList<WatchedFeed>>([new WatchedFeed(Feed.Address)]);

    public ValueTask<FeedCursor> ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Feed.Cursor);

    public ValueTask NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<bool> SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
    {
        Journal.Add("save");
        (Proof, Sightings) = (proof, sightings);
        Saved.Add((feed, cursor));
        return ValueTask.FromResult(true);
    }

    public void Dispose()
    {
        GitHub.Dispose();
        _meters.Dispose();
    }

    /// <summary>Event number n happened n seconds after ten to twelve; the clock begins at noon.</summary>
    public static DateTimeOffset At(int number) => new DateTimeOffset(2026, 11, 23, 11, 50, 0, TimeSpan.Zero).AddSeconds(number);

    private static string EventJson(int number)
    {
        var at = At(number);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{Math.Abs(number)}}","type":"PushEvent","repo":{"id":7,"name":"octo/cat"},"payload":{},"public":true,"created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}""");
    }
}
