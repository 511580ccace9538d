using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Repositories;

/// <summary>The last row of a page of a list by name.</summary>
internal sealed record NamePosition(NameKey Key)
{
    public string Encode(FilterFingerprint filters)
    {
        Span<byte> payload = stackalloc byte[sizeof(long) + RepositoryName.MaxLength];
        return Cursor.Encode(payload[..Write(Key, payload)], filters);
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out NamePosition? position)
    {
        position = TryRead(payload, out var key) ? new NamePosition(key) : null;
        return position is not null;
    }

    internal static int Write(NameKey key, Span<byte> payload)
    {
        BinaryPrimitives.WriteInt64BigEndian(payload, key.Id.Value);
        return sizeof(long) + Encoding.UTF8.GetBytes(key.Name.FullName, payload[sizeof(long)..]);
    }

    internal static bool TryRead(ReadOnlySpan<byte> payload, out NameKey key)
    {
        key = default;
        if (payload.Length <= sizeof(long) || !RepositoryName.TryParse(Encoding.UTF8.GetString(payload[sizeof(long)..]), out var name))
            return false;
        key = new NameKey(name, new RepositoryId(BinaryPrimitives.ReadInt64BigEndian(payload)));
        return key.Id.Value >= 0;
    }
}
