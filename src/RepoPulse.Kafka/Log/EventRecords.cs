using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>Events as records of the topic.</summary>
internal static class EventRecords
{
    public static (int Partition, Message<byte[], byte[]> Message) Of(in GitHubEvent e, EventSource source, int partitions)
    {
        var key = EventHeaders.Key(e.RepositoryId);
        return (Murmur2.Partition(key, partitions), new Message<byte[], byte[]>
        {
            Key = key,
            Value = ToArray(e.Json),
            Headers = EventHeaders.Of(e, source)
        });
    }

    /// <exception cref="ArgumentException">An event has no repository.</exception>
    public static void ThrowIfStray(IReadOnlyList<GitHubEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (!events[i].HasRepository)
                throw new ArgumentException($"The event {events[i].Key.Id} has no repository.", nameof(events));
        }
    }

    /// <summary>The client takes arrays alone; one that holds the event and nothing else needs no copy.</summary>
    private static byte[] ToArray(ReadOnlyMemory<byte> json) =>
        MemoryMarshal.TryGetArray(json, out var segment) && segment is { Offset: 0, Array: { } array } && array.Length == segment.Count
            ? array
            : json.ToArray();
}

/// <summary>Takes the JSON out of the client's memory, or leaves it there where nobody asked for it.</summary>
internal sealed class EventValues(bool includeJson) : IDeserializer<ReadOnlyMemory<byte>>
{
    public ReadOnlyMemory<byte> Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
        includeJson ? data.ToArray() : default;
}
