using Confluent.Kafka;

namespace RepoPulse.Kafka.Log;

/// <summary>Takes the JSON out of the client's memory, or leaves it there where nobody asked for it.</summary>
internal sealed class EventValues(bool includeJson) : IDeserializer<ReadOnlyMemory<byte>>
{
    public ReadOnlyMemory<byte> Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => includeJson ? data.ToArray() : default;
}
