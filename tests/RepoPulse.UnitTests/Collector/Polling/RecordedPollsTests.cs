using System.Text.Json;
using RepoPulse.Collector;
using RepoPulse.UnitTests.GitHub.Recordings;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>
/// Feeds that GitHub once showed, polled over a real connection: everything of 2012 to 2020 is past any ordinary retention.
/// </summary>
public sealed class RecordedPollsTests : IEventLogWriter, IDisposable
{
    private readonly MeasuringMeterFactory _meters = new();
    private readonly HashSet<EventKey> _stored = [];

    public void Dispose() => _meters.Dispose();

    [Theory]
    [InlineData("hub4j", 155)]
    [InlineData("octokit.rb", 129)]
    [InlineData("pygithub", 180)]
    public async Task Without_a_retention_period_every_distinct_event_of_a_repository_is_stored(string client, int events)
    {
        await PollAllAsync(client, retention: null);

        Assert.Equal(events, _stored.Count);
        Assert.Equal(Pages(client).SelectMany(KeysOf).ToHashSet(), _stored.Select(key => (key.Id.Value, key.CreatedAt)).ToHashSet());
        Assert.False(_meters.Measured.TryGetValue("repopulse.collector.events.outdated{source=poll}", out var outdated) && outdated > 0);
    }

    [Theory]
    [InlineData("hub4j", 155)]
    [InlineData("octokit.rb", 129)]
    [InlineData("pygithub", 180)]
    public async Task Within_one_nothing_of_them_is_and_each_is_counted(string client, int events)
    {
        await PollAllAsync(client, TimeSpan.FromDays(7));

        Assert.Empty(_stored);
        Assert.Equal(events, _meters.Measured["repopulse.collector.events.outdated{source=poll}"]);
    }

    ValueTask<AppendResult> IEventLogWriter.AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        var before = _stored.Count;
        _stored.UnionWith(events.Select(e => e.Key));
        return ValueTask.FromResult(new AppendResult(_stored.Count - before, events.Count - (_stored.Count - before)));
    }

    private static IReadOnlyList<RecordedExchange> Pages(string client) =>
    [
        .. (client switch
        {
            "hub4j" => Recording.Hub4j(),
            "octokit.rb" => Recording.Octokit(),
            _ => [.. Recording.PyGithubNames().SelectMany(Recording.PyGithub)],
        }).Where(exchange => exchange.IsFeed),
    ];

    /// <summary>Polls a feed until it has shown every page: a poll takes as many as it finds linked.</summary>
    private async Task PollAllAsync(string client, TimeSpan? retention)
    {
        await using var replay = new Replay(Pages(client), maxRetries: 0);
        using var bench = new PollingBench(
            replay.GitHub, this, new CollectorOptions { Name = "test", RetentionPeriod = retention }, _meters)
        {
            Feed = new Feed(FeedAddress.OfOrganization("octo"), new FeedCursor()),
        };
        while (!replay.IsOver)
            await bench.PollAsync(Replay.Step);
    }

    /// <summary>Id and time of every event that names its repository, read without the product's reader.</summary>
    private static IEnumerable<(long Id, DateTimeOffset CreatedAt)> KeysOf(RecordedExchange page)
    {
        using var document = JsonDocument.Parse(page.Body);
        return
        [
            .. document.RootElement.EnumerateArray()
                .Where(e => e.TryGetProperty("repo", out var repository)
                    && repository.TryGetProperty("id", out var id)
                    && id.ValueKind == JsonValueKind.Number
                    && id.GetInt64() > 0)
                .Select(e => (e.GetProperty("id").ValueKind == JsonValueKind.Number
                    ? e.GetProperty("id").GetInt64()
                    : long.Parse(e.GetProperty("id").GetString()!), e.GetProperty("created_at").GetDateTimeOffset())),
        ];
    }
}
