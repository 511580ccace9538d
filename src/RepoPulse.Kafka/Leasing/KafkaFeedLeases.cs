using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Kafka;

/// <summary>
/// Shares the feeds out by a consumer group over their topic: a collector polls those of its partitions. What it may write of them is
/// guarded by the transactional ids of the partitions, so that two that both believe to have one cost requests and nothing else.
/// </summary>
internal sealed partial class KafkaFeedLeases : IFeedLeases, IAsyncDisposable
{
    /// <summary>How often tokens are published where nothing changed.</summary>
    private static readonly TimeSpan PublishInterval = TimeSpan.FromSeconds(5);

    /// <summary>Lists lapse by time alone.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private readonly FeedTopics _topics;
    private readonly FeedPartitions _partitions;
    private readonly KafkaFeedStore _store;
    private readonly PartitionGroup _group;
    private readonly ILogger<KafkaFeedLeases> _logger;
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private HashSet<FeedAddress> _reported = [];
    private (long Version, string Partitions) _seen = (-1, "");
    private IReadOnlyCollection<TokenUse> _toldTokens = [];
    private readonly Recurrence _publish = new(PublishInterval);
    private readonly Recurrence _look = new(LookInterval);

    public KafkaFeedLeases(
        KafkaCluster cluster,
        KafkaMetrics metrics,
        FeedTopics topics,
        FeedPartitions partitions,
        KafkaFeedStore store,
        ILogger<KafkaFeedLeases> logger)
    {
        _topics = topics;
        _partitions = partitions;
        _store = store;
        _logger = logger;
        _group = new PartitionGroup(cluster, metrics, cluster.Names.Feeds, "collectors", logger);
    }

    /// <summary>Short, because it asks nobody: what the group says is passed on as it is.</summary>
    public TimeSpan RenewInterval => TimeSpan.FromSeconds(1);

    public async ValueTask<FeedLease> RenewAsync(
        IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _topics.StartAsync(cancellationToken);
        _partitions.IsShared = true;
        var assigned = _group.Join();
        await PublishAsync(tokens, now, cancellationToken);
        await FollowGroupAsync(assigned, cancellationToken);
        return Difference(now) with { Tokens = _topics.Tokens.Read(_instance, tokens, now) };
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        await _group.DisposeAsync();
        await _partitions.DisposeAsync();
        await _topics.PublishCollectorAsync(_instance, null, cancellationToken);
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    private async ValueTask PublishAsync(IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = !tokens.Select(token => (token.Token, token.Wait > TimeSpan.Zero)).ToHashSet()
            .SetEquals(_toldTokens.Select(token => (token.Token, token.Wait > TimeSpan.Zero)));
        if (!changed && !_publish.IsDue(now))
            return;
        var record = new CollectorRecord(
            [.. tokens.Select(token => new TokenRecord(token.Token, token.Wait > TimeSpan.Zero ? now + token.Wait : null))])
            {
                ToldAt = now
            };
        await _topics.PublishCollectorAsync(_instance, record, cancellationToken);
        _toldTokens = tokens;
        _publish.Done(now);
    }

    /// <summary>
    /// Opens what the group gave and closes what it took. What another process has fenced is opened again only if the group still says it
    /// is ours.
    /// </summary>
    private async ValueTask FollowGroupAsync(HashSet<int> assigned, CancellationToken cancellationToken)
    {
        var open = _partitions.Open();
        foreach (var number in open.Keys.Except(assigned).ToList())
            await _partitions.CloseAsync(number);
        var missing = assigned.Except(open.Keys).ToList();
        if (missing.Count == 0)
            return;
        await Task.WhenAll(missing.Select(number => _partitions.OpenAsync(number, cancellationToken).AsTask()));
        LogOpened(missing.Count);
    }

    private FeedLease Difference(DateTimeOffset now)
    {
        var numbers = string.Join(',', _partitions.Open().Keys.Order());
        var seen = (_topics.Watch.Version, numbers);
        if (seen == _seen && !_look.IsDue(now))
            return new FeedLease();
        var watched = _store.OwnedWatched(now);
        var share = new FeedLease
        {
            Gained = [.. watched.Values.Where(feed => !_reported.Contains(feed.Address))],
            Lost = [.. _reported.Where(feed => !watched.ContainsKey(feed))],
        };
        _reported = [.. watched.Keys];
        _seen = seen;
        _look.Done(now);
        return share;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Took over {Count} partitions of feeds")]
    private partial void LogOpened(int count);
}
