using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// Appends what webhooks deliver and remembers the delivery in one transaction. A delivery that two collectors are handed in the same
/// moment may be taken by both: its events are the same then and count once.
/// </summary>
internal sealed class KafkaWebhookInbox : IWebhookInbox, IAsyncDisposable
{
    private readonly KafkaCluster _cluster;
    private readonly KafkaMetrics _metrics;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly DeliveryMemory _memory;
    private readonly StartedFollower _follower;
    private readonly string _id = $"webhooks-{Guid.NewGuid():N}";
    private TransactionalWriter? _writer;

    public KafkaWebhookInbox(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time)
    {
        _cluster = cluster;
        _metrics = metrics;
        _memory = new DeliveryMemory(time);
        _follower = new StartedFollower(
            () =>
                new TopicFollower(cluster, metrics, TopicFollower.FromBeginning((cluster.Names.Deliveries, 1)),
                _memory.Apply, () => { }));
    }

    public async ValueTask<AppendResult> AppendAsync(
        DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        EventRecords.ThrowIfStray(events);
        var held = new AppendResult(0, events.Count);
        if (events.Count == 0)
            return held;
        var writer = await StartAsync(cancellationToken);
        var name = delivery.ToString();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            Task? first;
            lock (_lock)
            {
                if (_memory.Knows(name))
                    return held;
                if (!_underWay.TryGetValue(name, out first))
                {
                    _underWay.Add(name, done.Task);
                    break;
                }
            }

            // A copy is held only once the first is durable. Where that one fails, this one takes its place.
            await first.WaitAsync(cancellationToken);
        }

        try
        {
            List<(TopicPartition, Message<byte[], byte[]>)> records = [(new TopicPartition(_cluster.Names.Deliveries, 0), new()
            {
                Key = Encoding.ASCII.GetBytes(name),
                Value = Encoding.ASCII.GetBytes(Micros.Floor(receivedAt).ToString(CultureInfo.InvariantCulture)),
            })];
            foreach (var e in events)
            {
                var (partition, message) = EventRecords.Of(e, EventSource.Webhook, _cluster.Options.Partitions);
                records.Add((new TopicPartition(_cluster.Names.Events, partition), message));
            }

            if (!await writer.WriteAsync(records, cancellationToken))
                throw new StorageException(
                    "A transaction of webhooks was aborted; the next one starts a new transaction.", isTransient: true);
            _memory.Remember(name, receivedAt);
        }
        finally
        {
            lock (_lock)
                _underWay.Remove(name);
            done.SetResult();
        }

        _metrics.Appended(events.Count);
        return new AppendResult(events.Count, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _follower.DisposeAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        _starting.Dispose();
    }

    private async ValueTask<TransactionalWriter> StartAsync(CancellationToken cancellationToken)
    {
        await _cluster.OpenAsync(cancellationToken);
        await _follower.GetAsync(cancellationToken);
        if (_writer is { IsFenced: false } ready)
            return ready;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_writer is { IsFenced: true } broken)
            {
                _writer = null;
                await broken.DisposeAsync();
            }

            return _writer ??= await TransactionalWriter.OpenAsync(_cluster, _metrics, _id, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }
}
