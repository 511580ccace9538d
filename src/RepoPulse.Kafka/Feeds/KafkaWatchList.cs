using System.Text.Json;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

internal sealed class KafkaWatchList(KafkaCluster cluster, FeedTopics topics) : IWatchList
{
    public async ValueTask RegisterAsync(
        string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var follower = await topics.StartAsync(cancellationToken);
        await follower.CatchUpAsync(cancellationToken);
        var before = topics.Watch.ListOf(collector);
        var after = feeds.ToHashSet();

        // The list's own record comes last: one that had lapsed does not come to life with what was on it then.
        List<(TopicPartition, Message<byte[], byte[]>)> records =
        [
            .. before.Where(feed => !after.Contains(feed)).Select(feed => Of(feed, collector, isOn: false)),
            .. after
                .Where(feed => !before.TryGetValue(feed, out var known) || known.ToString() != feed.ToString())
                .Select(feed => Of(feed, collector, isOn: true)),
        ];
        await topics.WriteAsync(records, cancellationToken);
        await topics.WriteAsync(
            [(new TopicPartition(cluster.Names.Collectors, 0), new()
            {
                Key = FeedKeys.OfList(collector),
                Value = JsonSerializer.SerializeToUtf8Bytes(new ListRecord(now), KafkaJsonContext.Default.ListRecord),
            })],
            cancellationToken);
        await follower.CatchUpAsync(cancellationToken);
    }

    private (TopicPartition, Message<byte[], byte[]>) Of(FeedAddress feed, string collector, bool isOn) =>
    (
        new TopicPartition(cluster.Names.Feeds, FeedKeys.Partition(feed, cluster.Options.Partitions)),
        new()
        {
            Key = FeedKeys.OnList(feed, collector),
            Value = isOn
                ? JsonSerializer.SerializeToUtf8Bytes(new FeedRecord(feed.ToString(), collector), KafkaJsonContext.Default.FeedRecord)
                : null!,
        });
}

/// <summary>
/// That a feed is on a collector's list. Its key is the address in small letters and the collector; with no value it is on it no more.
/// </summary>
internal sealed record FeedRecord(string Feed, string Collector);

/// <summary>When a collector's list was last registered.</summary>
internal sealed record ListRecord(DateTimeOffset RegisteredAt);
