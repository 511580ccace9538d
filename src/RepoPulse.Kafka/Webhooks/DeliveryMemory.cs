using Confluent.Kafka;

namespace RepoPulse.Kafka.Webhooks;

/// <summary>The deliveries that were taken, for as long as GitHub may repeat one. Written by a follower; asked from anywhere.</summary>
internal sealed class DeliveryMemory(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<(string Delivery, DateTimeOffset ReceivedAt)> _oldestFirst = [];

    public bool Knows(string delivery)
    {
        lock (_lock)
        {
            Forget();
            return _known.Contains(delivery);
        }
    }

    public void Remember(string delivery, DateTimeOffset receivedAt)
    {
        lock (_lock)
        {
            if (_known.Add(delivery))
                _oldestFirst.Enqueue((delivery, receivedAt));
        }
    }

    public void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        if (record.Message is { Key: { } key, Value: { } value } && long.TryParse(value, out var micros))
            Remember(System.Text.Encoding.ASCII.GetString(key), Micros.ToTime(micros));
    }

    private void Forget()
    {
        var before = time.GetUtcNow() - IWebhookInbox.Memory;
        while (_oldestFirst.TryPeek(out var oldest) && oldest.ReceivedAt < before)
            _known.Remove(_oldestFirst.Dequeue().Delivery);
    }
}
