using Confluent.Kafka;

namespace RepoPulse.Kafka;

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
        // One that a clock ahead has dated would keep all behind it from being forgotten.
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_known.Add(delivery))
                _oldestFirst.Enqueue((delivery, receivedAt < now ? receivedAt : now));
        }
    }

    public void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        if (record.Message is { Key: { } key, Value: { } value }
            && long.TryParse(value, out var micros)
            && EventTimeRange.TryFromMicros(micros, out var receivedAt))
            Remember(System.Text.Encoding.ASCII.GetString(key), receivedAt);
        else if (record.Message is { Value: not null })
            throw new InvalidDataException("A delivery's record has no key, or its value is no time.");
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        var before = now - IWebhookInbox.Memory;
        while (_oldestFirst.TryPeek(out var oldest) && (oldest.ReceivedAt < before || oldest.ReceivedAt > now + IWebhookInbox.Memory))
            _known.Remove(_oldestFirst.Dequeue().Delivery);
    }
}
