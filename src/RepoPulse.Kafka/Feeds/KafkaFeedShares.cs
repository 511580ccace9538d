using Microsoft.Extensions.Logging;
using RepoPulse.Kafka.Groups;

namespace RepoPulse.Kafka.Feeds;

/// <summary>
/// Shares the feeds out by a consumer group over their topic: a collector polls those of its partitions. What it may write of them is guarded by
/// the transactional ids of the partitions, so that two that both believe to have one cost requests and nothing else.
/// </summary>
internal sealed partial class KafkaFeedShares : IFeedShares, IAsyncDisposable
{
    /// <summary>How often others are told of the tokens where nothing changed.</summary>
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(5);

    /// <summary>Lists lapse by time alone.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private readonly FeedTopics _topics;
    private readonly FeedPartitions _partitions;
    private readonly KafkaFeedStore _store;
    private readonly PartitionGroup _group;
    private readonly ILogger<KafkaFeedShares> _logger;
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private HashSet<FeedAddress> _told = [];
    private (long Version, string Partitions) _seen = (-1, "");
    private IReadOnlyCollection<TokenUse> _toldTokens = [];
    private DateTimeOffset _tellDue = DateTimeOffset.MinValue;
    private DateTimeOffset _lookDue = DateTimeOffset.MinValue;

    public KafkaFeedShares(
        KafkaCluster cluster, KafkaMetrics metrics, FeedTopics topics, FeedPartitions partitions, KafkaFeedStore store, ILogger<KafkaFeedShares> logger)
    {
        _topics = topics;
        _partitions = partitions;
        _store = store;
        _logger = logger;
        _group = new PartitionGroup(cluster, metrics, cluster.Names.Feeds, "collectors", logger);
    }

    /// <summary>Short, because it asks nobody: what the group says is told as it is.</summary>
    public TimeSpan RenewInterval => TimeSpan.FromSeconds(1);

    public async ValueTask<FeedShare> RenewAsync(IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _topics.StartAsync(cancellationToken).ConfigureAwait(false);
        _partitions.IsShared = true;
        var assigned = _group.Join();
        await TellAsync(tokens, now, cancellationToken).ConfigureAwait(false);
        await FollowGroupAsync(assigned, cancellationToken).ConfigureAwait(false);
        return Difference(now) with { Tokens = _topics.Tokens.Read(_instance, tokens, now) };
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        await _group.DisposeAsync().ConfigureAwait(false);
        await _partitions.DisposeAsync().ConfigureAwait(false);
        await _topics.TellAsync(_instance, null, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    private async ValueTask TellAsync(IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = !tokens.Select(token => (token.Token, token.Wait > TimeSpan.Zero)).ToHashSet()
            .SetEquals(_toldTokens.Select(token => (token.Token, token.Wait > TimeSpan.Zero)));
        if (!changed && now < _tellDue)
            return;
        var record = new CollectorRecord(
            [.. tokens.Select(token => new TokenRecord(token.Token, token.Wait > TimeSpan.Zero ? now + token.Wait : null))]);
        await _topics.TellAsync(_instance, record, cancellationToken).ConfigureAwait(false);
        _toldTokens = tokens;
        _tellDue = now + TellInterval;
    }

    /// <summary>Opens what the group gave and closes what it took. What another process has fenced is opened anew only if the group still says it is ours.</summary>
    private async ValueTask FollowGroupAsync(HashSet<int> assigned, CancellationToken cancellationToken)
    {
        var open = _partitions.Open();
        foreach (var number in open.Keys.Except(assigned).ToList())
            await _partitions.CloseAsync(number).ConfigureAwait(false);
        var missing = assigned.Except(open.Keys).ToList();
        if (missing.Count == 0)
            return;
        await Task.WhenAll(missing.Select(number => _partitions.OpenAsync(number, cancellationToken).AsTask())).ConfigureAwait(false);
        LogOpened(missing.Count);
    }

    private FeedShare Difference(DateTimeOffset now)
    {
        var numbers = string.Join(',', _partitions.Open().Keys.Order());
        var seen = (_topics.Watch.Version, numbers);
        if (seen == _seen && now < _lookDue)
            return new FeedShare();
        var watched = _store.OwnedWatched(now);
        var share = new FeedShare
        {
            Gained = [.. watched.Values.Where(feed => !_told.Contains(feed.Address))],
            Lost = [.. _told.Where(feed => !watched.ContainsKey(feed))],
        };
        _told = [.. watched.Keys];
        _seen = seen;
        _lookDue = now + LookInterval;
        return share;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Took over {Count} partitions of feeds")]
    private partial void LogOpened(int count);
}
