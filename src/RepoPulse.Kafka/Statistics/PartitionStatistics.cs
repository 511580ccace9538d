using System.Text.Json;
using Confluent.Kafka;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>
/// Writes what is folded of one partition of the events into the partition of the statistics of the same number, under the transactional id
/// that says whose it is. Names are written with the statistics; they come from the events, and some of those are in no window any more.
/// </summary>
internal sealed class PartitionStatistics : IStatisticsSink, IAsyncDisposable
{
    private readonly KafkaCluster _cluster;
    private readonly TopicPartition _partition;
    private readonly TransactionalWriter _writer;
    private readonly Lock _lock = new();
    private readonly Dictionary<RepositoryId, RepositoryFacts> _facts = [];

    // Of which a name was seen that is not published yet.
    private readonly HashSet<RepositoryFacts> _dirty = [];
    private readonly HashSet<RepositoryFacts> _evident = [];
    private readonly PriorityQueue<RepositoryFacts, DateTimeOffset> _evidenceDue = new();
    private readonly EvidenceOptions _evidence;
    private bool _hasPublished;

    private PartitionStatistics(KafkaCluster cluster, int number, TransactionalWriter writer, EvidenceOptions evidence)
    {
        _cluster = cluster;
        _evidence = evidence;
        _partition = new TopicPartition(cluster.Names.Statistics, number);
        _writer = writer;
    }

    /// <summary>Whether another process has the partition by now.</summary>
    public bool IsFenced => _writer.IsFenced;

    /// <summary>Shuts out the process that had the partition, and reads what it had published.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public static async Task<PartitionStatistics> OpenAsync(
        KafkaCluster cluster, KafkaMetrics metrics, int number, EvidenceOptions evidence, CancellationToken cancellationToken)
    {
        var writer = await TransactionalWriter.OpenAsync(
            cluster, metrics, $"statistics-{number}", cancellationToken);
        var statistics = new PartitionStatistics(cluster, number, writer, evidence);
        try
        {
            await TopicFollower.ReadAsync(cluster, metrics, [statistics._partition], statistics.Inherit, cancellationToken);
            return statistics;
        }
        catch
        {
            await statistics.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes note of an event's name and time, whether it is in a window or not.</summary>
    public void See(GitHubEvent e)
    {
        lock (_lock)
        {
            if (!_facts.TryGetValue(e.RepositoryId, out var facts))
                _facts.Add(e.RepositoryId, facts = new RepositoryFacts(e.RepositoryId));
            if (facts.See(e.Repository, e.Key.CreatedAt) | facts.SeeVisibility(e))
                _dirty.Add(facts);
            if (_evidence.IsOn && e.Evidence is not null && (facts.Evidence ??= new FoldedEvidence()).Add(e))
                _evident.Add(facts);
        }
    }

    /// <summary>
    /// Reports the evidence again of the repositories of which events arrived, or where something that is missing can no longer be late.
    /// Publishing follows.
    /// </summary>
    /// <param name="readSince">Since when events were read.</param>
    public void RefreshEvidence(DateTimeOffset now, DateTimeOffset readSince)
    {
        lock (_lock)
        {
            while (_evidenceDue.TryPeek(out _, out var due) && due <= now)
                _evident.Add(_evidenceDue.Dequeue());
            foreach (var facts in _evident)
            {
                if (facts.Evidence!.Refresh(now, readSince, _evidence.Declares))
                    _dirty.Add(facts);
                if (facts.Evidence.NextChangeAt is { } next)
                    _evidenceDue.Enqueue(facts, next);
            }

            _evident.Clear();
        }
    }

    /// <summary>Writes the statistics that changed, together.</summary>
    /// <exception cref="StorageException">The brokers do not respond, or another process has the partition by now.</exception>
    public async ValueTask PublishAsync(IReadOnlyList<RepositorySnapshot> changed, CancellationToken cancellationToken)
    {
        var records = new List<(TopicPartition, Message<byte[], byte[]>)>(changed.Count);
        lock (_lock)
        {
            foreach (var snapshot in changed)
            {
                if (!_facts.TryGetValue(snapshot.RepositoryId, out var facts))
                    _facts.Add(snapshot.RepositoryId, facts = new RepositoryFacts(snapshot.RepositoryId));
                facts.Snapshot = snapshot;
                facts.IsInherited = false;
                _dirty.Remove(facts);
                records.Add(Record(facts));
            }
        }

        await WriteAsync(records, cancellationToken);
    }

    /// <summary>
    /// Writes what no change of statistics has published: new names, and, the first time, that nothing is left of what a predecessor had in
    /// a window. Then how far the events are folded. Only for a partition whose events are folded to their end.
    /// </summary>
    /// <exception cref="StorageException">The brokers do not respond, or another process has the partition by now.</exception>
    public async ValueTask PublishProgressAsync(ProgressRecord progress, CancellationToken cancellationToken)
    {
        List<(TopicPartition, Message<byte[], byte[]>)> records;
        RepositoryFacts[] published;
        lock (_lock)
        {
            if (!_hasPublished)
                _dirty.UnionWith(_facts.Values.Where(facts => facts.IsInherited));
            published = [.. _dirty];
            _dirty.Clear();
            records = [.. published.Select(Record)];
        }

        records.Add((_partition, new() { Key = ProgressRecord.Key.ToArray(), Value = JsonSerializer.SerializeToUtf8Bytes(
            progress, KafkaJsonContext.Default.ProgressRecord) }));
        try
        {
            await WriteAsync(records, cancellationToken);
            _hasPublished = true;
        }
        catch
        {
            lock (_lock)
                _dirty.UnionWith(published);

            throw;
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async ValueTask WriteAsync(List<(TopicPartition, Message<byte[], byte[]>)> records, CancellationToken cancellationToken)
    {
        if (!await _writer.WriteAsync(records, cancellationToken))
            throw new StorageException($"{_partition} was taken over by another aggregator.", isTransient: true);
    }

    private (TopicPartition, Message<byte[], byte[]>) Record(RepositoryFacts facts) => (_partition, new()
    {
        Key = EventHeaders.Key(facts.Id),
        Value = JsonSerializer.SerializeToUtf8Bytes(StatisticsRecord.Of(facts), KafkaJsonContext.Default.StatisticsRecord),
    });

    private void Inherit(ConsumeResult<byte[]?, byte[]?> record)
    {
        if (record.Message.Value is not { } value || ProgressRecord.Key.SequenceEqual(record.Message.Key))
            return;
        if (JsonSerializer.Deserialize(value, KafkaJsonContext.Default.StatisticsRecord) is not { RepositoryId: > 0 } published)
            return;
        var facts = new RepositoryFacts(new RepositoryId(published.RepositoryId))
        {
            LastEventAt = published.LastEventAt,
            PrivateAt = published.PrivateAt,
            IsInherited = published.Total is { Events: > 0 }
        };
        if (_evidence.IsOn && published.Evidence?.ToReport() is { Gaps: { Count: > 0 } gaps })
            facts.Evidence = new FoldedEvidence { Inherited = gaps };
        foreach (var name in published.Names)
            facts.Names.Add(new NameObservation(RepositoryName.Parse(name.Name), name.LastSeenAt));
        lock (_lock)
            _facts[facts.Id] = facts;
    }
}

/// <summary>Whether evidence of missing events is looked for, and whether it declares gaps.</summary>
public sealed record EvidenceOptions(bool IsOn = true, bool Declares = true);
