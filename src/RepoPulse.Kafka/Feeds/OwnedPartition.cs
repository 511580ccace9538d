using System.Text.Json;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>A partition of the feeds that this process may write: their cursors and coverage, and the right to move them.</summary>
internal sealed class OwnedPartition : IAsyncDisposable
{
    private readonly int _number;
    private readonly TopicNames _names;
    private readonly TransactionalWriter _writer;
    private readonly Lock _lock = new();
    private readonly Dictionary<FeedAddress, OwnedFeed> _feeds = [];

    private OwnedPartition(int number, TopicNames names, TransactionalWriter writer)
    {
        _number = number;
        _names = names;
        _writer = writer;
    }

    /// <summary>Whether another process has it by now.</summary>
    public bool IsFenced => _writer.IsFenced;

    /// <summary>Shuts out the process that had the partition, and only then reads how far it came.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public static async Task<OwnedPartition> OpenAsync(
        KafkaCluster cluster, KafkaMetrics metrics, int number, CancellationToken cancellationToken)
    {
        var writer = await TransactionalWriter.OpenAsync(
            cluster, metrics, $"feeds-{number}", cancellationToken);
        var partition = new OwnedPartition(number, cluster.Names, writer);
        try
        {
            TopicPartition[] both = [new(cluster.Names.Cursors, number), new(cluster.Names.Coverage, number)];
            await TopicFollower.ReadAsync(cluster, metrics, both, partition.Apply, cancellationToken);
            return partition;
        }
        catch
        {
            await partition.DisposeAsync();
            throw;
        }
    }

    public OwnedFeed? Find(FeedAddress feed)
    {
        lock (_lock)
            return _feeds.GetValueOrDefault(feed);
    }

    /// <summary>The feeds that lost their name to another and are watched for its sake.</summary>
    public List<OwnedFeed> Retired()
    {
        lock (_lock)
            return [.. _feeds.Values.Where(feed => feed.Origin is not null)];
    }

    /// <summary>The cursor of a feed; a fresh one where it was never polled.</summary>
    public FeedCursor ReadCursor(FeedAddress feed) => Find(feed)?.Cursor is { } cursor ? Decode(cursor).ToCursor() : new FeedCursor();

    /// <summary>Stores a poll's outcome, as <see cref="IFeedStore.SaveAsync"/> says.</summary>
    public async ValueTask<bool> SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
    {
        var known = Find(feed);
        OwnedFeed? retired = null;
        if (known is not null && known.RepositoryId != RepositoryId.None && known.RepositoryId != cursor.RepositoryId)
        {
            retired = Retire(known, feed);
            known = null;
        }

        var next = new OwnedFeed(feed)
        {
            Origin = known?.Origin,
            Ledger = proof is { } proven
                ? (known?.Ledger ?? CoverageLedger.Empty).Apply(proven.ToMicros())
                : known?.Ledger ?? CoverageLedger.Empty,
            Names = cursor.RepositoryId == RepositoryId.None ? known?.Names ?? [] : Merge(known?.Names ?? [], sightings),
        };
        Set(next, CursorRecord.Of(feed, next.Origin, cursor));
        List<(TopicPartition, Message<byte[], byte[]>)> records = [.. Records(next)];
        if (retired is not null)
            records.AddRange(Records(retired));
        // The topics first, memory after: where the write is fenced or fails, memory stays what the topics hold, and the next owner reads
        // the same. The cursor, its coverage and a retired feed are one transaction, so that no reader sees one without the others.
        if (!await _writer.WriteAsync(records, cancellationToken))
            return false;
        lock (_lock)
        {
            _feeds[feed] = next;
            if (retired is not null)
                _feeds[retired.Address] = retired;
        }

        return true;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <summary>What the former bearer of a name keeps, under the address of its id and watched for the name's sake.</summary>
    private static OwnedFeed Retire(OwnedFeed former, FeedAddress name)
    {
        var retired = new OwnedFeed(FeedAddress.OfRepositoryId(former.RepositoryId))
        {
            Origin = former.Origin ?? name,
            Ledger = former.Ledger,
            Names = former.Names,
        };
        var cursor = Decode(former.Cursor).ToCursor();
        Set(retired, CursorRecord.Of(retired.Address, retired.Origin, cursor));
        return retired;
    }

    private static CursorRecord Decode(byte[]? cursor) =>
        cursor is not null && JsonSerializer.Deserialize(cursor, KafkaJsonContext.Default.CursorRecord) is { } record
            ? record
            : throw new InvalidDataException("A cursor is stored that is none.");

    private static void Set(OwnedFeed feed, CursorRecord record)
    {
        feed.Cursor = JsonSerializer.SerializeToUtf8Bytes(record, KafkaJsonContext.Default.CursorRecord);
        SetSchedule(feed, record);
    }

    private static void SetSchedule(OwnedFeed feed, CursorRecord record)
    {
        feed.RepositoryId = new RepositoryId(record.RepositoryId);
        feed.LastPolledAt = record.LastPolledAt;
        feed.NextPollAt = record.NextPollAt;
        feed.EventsPerHour = record.Cursor.EventsPerHour;
    }

    private static List<NameObservation> Merge(IReadOnlyList<NameObservation> known, IReadOnlyList<NameObservation> seen)
    {
        var names = known.ToList();
        foreach (var sighting in seen)
        {
            var index = names.FindIndex(name => name.Name == sighting.Name);
            if (index < 0)
                names.Add(sighting);
            else if (names[index].LastSeenAt < sighting.LastSeenAt)
                names[index] = sighting;
        }

        return names;
    }

    private IEnumerable<(TopicPartition, Message<byte[], byte[]>)> Records(OwnedFeed feed)
    {
        var cursor = Decode(feed.Cursor);
        var coverage = new CoverageRecord
        {
            Feed = cursor.Feed,
            Origin = cursor.Origin,
            RepositoryId = cursor.RepositoryId,
            State = cursor.State,
            LastPolledAt = cursor.LastPolledAt,
            NextPollAt = cursor.NextPollAt,
            ConfirmedAt = cursor.Cursor.ConfirmedAt,
            Names = [.. feed.Names.Select(seen => new NameRecord(seen.Name.FullName, seen.LastSeenAt))],
            Intervals = [.. feed.Ledger.Intervals.Select(
                interval => new IntervalRecord(interval.From, interval.To, (int)interval.State, interval.Reason))],
        };
        var key = FeedKeys.Key(feed.Address);
        yield return (new TopicPartition(_names.Cursors, _number), new() { Key = key, Value = feed.Cursor! });
        yield return (
            new TopicPartition(_names.Coverage, _number),
            new() { Key = key, Value = JsonSerializer.SerializeToUtf8Bytes(coverage, KafkaJsonContext.Default.CoverageRecord) });
    }

    private void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        if (record.Message.Value is not { } value)
            return;
        lock (_lock)
        {
            if (record.Topic == _names.Cursors
                && JsonSerializer.Deserialize(value, KafkaJsonContext.Default.CursorRecord) is { } cursor
                && FeedAddress.TryParse(cursor.Feed, out var polled))
            {
                cursor.Checked();
                var feed = GetOrAdd(polled);
                feed.Origin = FeedAddress.TryParse(cursor.Origin, out var origin) ? origin : null;
                feed.Cursor = value;
                SetSchedule(feed, cursor);
            }
            else if (record.Topic == _names.Coverage
                && JsonSerializer.Deserialize(value, KafkaJsonContext.Default.CoverageRecord) is { } coverage
                && FeedAddress.TryParse(coverage.Feed, out var covered))
            {
                coverage.Checked();
                var feed = GetOrAdd(covered);
                feed.Ledger = coverage.ToLedger();
                feed.Names = [.. coverage.ToObservations()];
            }
        }
    }

    private OwnedFeed GetOrAdd(FeedAddress address)
    {
        if (_feeds.TryGetValue(address, out var feed))
        {
            feed.Address = address;
            return feed;
        }

        _feeds.Add(address, feed = new OwnedFeed(address));
        return feed;
    }
}
