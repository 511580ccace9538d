using Microsoft.Extensions.DependencyInjection;

namespace RepoPulse.ContractTests.Storage;

/// <summary>The seams of one process.</summary>
public sealed class Store(ServiceProvider services) : IAsyncDisposable
{
    public ServiceProvider Services => services;

    public IEventLogWriter Writer => services.GetRequiredService<IEventLogWriter>();

    public IWebhookInbox Inbox => services.GetRequiredService<IWebhookInbox>();

    public IEventArchive Archive => services.GetRequiredService<IEventArchive>();

    public IEventLogReader Reader => services.GetRequiredService<IEventLogReader>();

    public ILogSecret Secret => services.GetRequiredService<ILogSecret>();

    public IEventHistory History => services.GetRequiredService<IEventHistory>();

    public IEventScan Scan => services.GetRequiredService<IEventScan>();

    public IEventRetention Retention => services.GetRequiredService<IEventRetention>();

    public IRepositoryCatalog Catalog => services.GetRequiredService<IRepositoryCatalog>();

    public IWatchList WatchList => services.GetRequiredService<IWatchList>();

    public IFeedStore Feeds => services.GetRequiredService<IFeedStore>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public async Task<AppendResult> AppendAsync(params GitHubEvent[] events) =>
        await Writer.AppendAsync(events, EventSource.Poll, TestContext.Current.CancellationToken);

    public async Task<List<GitHubEvent>> ReadHistoryAsync(HistoryQuery query) =>
        [.. await History.ReadAsync(query, TestContext.Current.CancellationToken)];

    public async Task<List<GitHubEvent>> ScanAsync(ScanQuery query)
    {
        var events = new List<GitHubEvent>();
        await foreach (var e in Scan.ReadAsync(query, TestContext.Current.CancellationToken))
            events.Add(e);
        return events;
    }

    public async Task<List<(DateTimeOffset From, string Type, long Events)>> CountAsync(ActivityQuery query) =>
        [.. (await History.CountAsync(query, TestContext.Current.CancellationToken)).Select(
            count => (count.From, count.Type.Name, count.Events))];

    /// <summary>Follows the log from a position to its present end.</summary>
    public async Task<(List<GitHubEvent> Events, LogPosition Position)> FollowAsync(
        LogPosition after, int maxEvents = 100, bool includeJson = false)
    {
        var events = new List<GitHubEvent>();
        while (true)
        {
            var cancellation = TestContext.Current.CancellationToken;
            var batch = includeJson
                ? await Reader.ReadPageAsync(after, maxEvents, int.MaxValue, cancellation)
                : await Reader.ReadAsync(after, maxEvents, cancellation);
            after = batch.Position;
            if (batch.Events.Count == 0)
                return (events, after);
            Assert.True(batch.Events.Count <= maxEvents);
            events.AddRange(batch.Events);
        }
    }

    public async Task<(List<GitHubEvent> Events, LogPosition Position)> ReadSinceAsync(DateTimeOffset since, int maxEvents = 100)
    {
        var events = new List<GitHubEvent>();
        LogPosition? last = null;
        await foreach (var batch in Reader.ReadSinceAsync(since, maxEvents, TestContext.Current.CancellationToken))
        {
            Assert.True(batch.Events.Count <= maxEvents);
            events.AddRange(batch.Events);
            last = batch.Position;
        }

        Assert.NotNull(last);
        return (events, last.Value);
    }
}
