using System.Globalization;
using System.Text;
using Confluent.Kafka;
using RepoPulse.Kafka.Clients;
using RepoPulse.Kafka.Log;
using RepoPulse.Kafka.Topics;

namespace RepoPulse.Kafka.Webhooks;

/// <summary>
/// Appends what webhooks deliver and remembers the delivery in one transaction. A delivery that two collectors are handed in the same moment may be
/// taken by both: its events are the same then and count once.
/// </summary>
internal sealed class KafkaWebhookInbox(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time) : IWebhookInbox, IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly DeliveryMemory _memory = new(time);
    private readonly string _id = $"webhooks-{Guid.NewGuid():N}";
    private TopicFollower? _follower;
    private TransactionalWriter? _writer;

    public async ValueTask<AppendResult> AppendAsync(
        DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        EventRecords.ThrowIfStray(events);
        var held = new AppendResult(0, events.Count);
        if (events.Count == 0)
            return held;
        var writer = await StartAsync(cancellationToken).ConfigureAwait(false);
        var name = delivery.ToString();
        lock (_lock)
        {
            if (_memory.Knows(name) || !_underWay.Add(name))
                return held;
        }

        try
        {
            List<(TopicPartition, Message<byte[], byte[]>)> records = [(new TopicPartition(cluster.Names.Deliveries, 0), new()
            {
                Key = Encoding.ASCII.GetBytes(name),
                Value = Encoding.ASCII.GetBytes(Micros.Floor(receivedAt).ToString(CultureInfo.InvariantCulture)),
            })];
            foreach (var e in events)
            {
                var (partition, message) = EventRecords.Of(e, EventSource.Webhook, cluster.Options.Partitions);
                records.Add((new TopicPartition(cluster.Names.Events, partition), message));
            }

            if (!await writer.WriteAsync(records, cancellationToken).ConfigureAwait(false))
                throw new StorageException("A transaction of webhooks was broken off; the next begins anew.", isTransient: true);
            _memory.Remember(name, receivedAt);
        }
        finally
        {
            lock (_lock)
                _underWay.Remove(name);
        }

        metrics.Appended(events.Count);
        return new AppendResult(events.Count, 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_follower is not null)
            await _follower.DisposeAsync().ConfigureAwait(false);
        if (_writer is not null)
            await _writer.DisposeAsync().ConfigureAwait(false);
        _starting.Dispose();
    }

    private async ValueTask<TransactionalWriter> StartAsync(CancellationToken cancellationToken)
    {
        if (_writer is { IsFenced: false } ready && _follower is not null)
            return ready;
        await cluster.OpenAsync(cancellationToken).ConfigureAwait(false);
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_follower is null)
            {
                var follower = new TopicFollower(cluster, metrics, TopicFollower.Whole((cluster.Names.Deliveries, 1)), _memory.Apply, () => { });
                follower.Start();
                await follower.CaughtUp.WaitAsync(cancellationToken).ConfigureAwait(false);
                _follower = follower;
            }

            if (_writer is { IsFenced: true } broken)
            {
                _writer = null;
                await broken.DisposeAsync().ConfigureAwait(false);
            }

            return _writer ??= await TransactionalWriter.OpenAsync(cluster, metrics, _id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }
}
