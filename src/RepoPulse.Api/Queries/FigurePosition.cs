using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using RepoPulse.Api.View;
using RepoPulse.Events;

namespace RepoPulse.Api.Queries;

/// <summary>The last row of a page of a list by a figure.</summary>
internal sealed record FigurePosition(FigureKey Key)
{
    private const int HeadBytes = 1 + sizeof(long);

    public string Encode(FilterPrint filters)
    {
        Span<byte> payload = stackalloc byte[HeadBytes + sizeof(long) + RepositoryName.MaxLength];
        payload[0] = Key.Value is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(payload[1..], Key.Value ?? 0);
        return Cursor.Encode(payload[..(HeadBytes + NamePosition.Write(Key.Name, payload[HeadBytes..]))], filters);
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out FigurePosition? position)
    {
        position = null;
        if (payload.Length <= HeadBytes || payload[0] > 1 || !NamePosition.TryRead(payload[HeadBytes..], out var name))
            return false;
        position = new FigurePosition(new FigureKey(payload[0] == 1 ? BinaryPrimitives.ReadInt64BigEndian(payload[1..]) : null, name));
        return true;
    }
}
