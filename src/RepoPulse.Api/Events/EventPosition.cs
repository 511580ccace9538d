using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Api.Events;

/// <summary>The last event of a page: the next holds those before it.</summary>
internal sealed record EventPosition(EventKey Key)
{
    private const int Bytes = 2 * sizeof(long);

    public string Encode(FilterFingerprint filters)
    {
        Span<byte> payload = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(payload, Key.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(payload[sizeof(long)..], Key.Id.Value);
        return Cursor.Encode(payload, filters);
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out EventPosition? position)
    {
        position = null;
        if (payload.Length != Bytes || !TimeTicks.TryRead(payload, out var createdAt))
            return false;
        position = new EventPosition(
            new EventKey(EventId.FromValue(BinaryPrimitives.ReadInt64BigEndian(payload[sizeof(long)..])), createdAt));
        return true;
    }
}
