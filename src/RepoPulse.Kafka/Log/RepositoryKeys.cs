using System.Buffers.Text;
using Confluent.Kafka;

namespace RepoPulse.Kafka.Log;

/// <summary>Reads a record's key; none where it is no repository's.</summary>
internal sealed class RepositoryKeys : IDeserializer<RepositoryId>
{
    public static readonly RepositoryKeys Instance = new();

    public RepositoryId Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
        Utf8Parser.TryParse(data, out long id, out var length) && length == data.Length && id > 0 ? new RepositoryId(id) : RepositoryId.None;
}
