using System.Security.Cryptography;
using System.Text.Json;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>Cursors and coverage in compacted topics, each partition written by the one process that has it.</summary>
internal sealed class KafkaFeedStore(KafkaCluster cluster, FeedTopics topics, FeedPartitions partitions) : IFeedStore
{
    /// <summary>Reads all partitions, and so takes over those that no group has assigned: for a process that collects alone.</summary>
    public async ValueTask<IReadOnlyList<WatchedFeed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var follower = await topics.StartAsync(cancellationToken);
        await follower.CatchUpAsync(cancellationToken);
        if (!partitions.IsShared)
            await partitions.OpenAllAsync(cancellationToken);
        return [.. OwnedWatched(now).Values];
    }

    public async ValueTask<FeedCursor> ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        await partitions.FindAsync(feed, cancellationToken) is { } partition ? partition.ReadCursor(feed) : new FeedCursor();

    public async ValueTask<bool> SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken) =>
        await partitions.FindAsync(feed, cancellationToken) is { } partition
        && await partition.SaveAsync(feed, cursor, proof, sightings, cancellationToken);

    /// <summary>For the service that serves the coverage: what an archive repairs is worked out where it is read.</summary>
    public async ValueTask NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken)
    {
        if (archive.From >= archive.To)
            return;
        var record = new ArchiveRecord(archive.From, archive.To, archive.Repositories?.Select(id => id.Value).Order().ToArray())
        {
            CapturedAtMost = archive.CapturedAtMost,
        };
        var value = JsonSerializer.SerializeToUtf8Bytes(record, KafkaJsonContext.Default.ArchiveRecord);
        // Noted again it is the same, so that its key is a hash of what it says.
        await topics.WriteAsync(
            [(new TopicPartition(cluster.Names.Archives, 0), new() { Key = SHA256.HashData(value), Value = value })], cancellationToken);
    }

    /// <summary>The watched feeds of the partitions that this process has.</summary>
    internal Dictionary<FeedAddress, WatchedFeed> OwnedWatched(DateTimeOffset now)
    {
        var watched = new Dictionary<FeedAddress, WatchedFeed>();
        var open = partitions.Open();
        foreach (var feed in topics.Watch.Watched(now))
        {
            if (open.TryGetValue(FeedKeys.Partition(feed, cluster.Options.Partitions), out var partition))
                watched[feed] = partition.Find(feed) is { } known ? known.ToWatched(feed) : new WatchedFeed(feed);
        }

        foreach (var retired in open.Values.SelectMany(partition => partition.Retired()))
        {
            if (topics.Watch.IsWatched(retired.Origin!.Value, now))
                watched[retired.Address] = retired.ToWatched(retired.Address);
        }

        return watched;
    }
}
