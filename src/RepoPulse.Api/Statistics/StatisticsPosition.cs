using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Statistics;

/// <summary>The last row of a page of a list that is sorted by a statistic.</summary>
internal sealed record StatisticsPosition(SortKey Key)
{
    private const int HeadBytes = 1 + sizeof(long);

    public string Encode(FilterFingerprint filters)
    {
        Span<byte> payload = stackalloc byte[HeadBytes + sizeof(long) + RepositoryName.MaxLength];
        payload[0] = Key.Value is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(payload[1..], Key.Value ?? 0);
        return Cursor.Encode(payload[..(HeadBytes + NamePosition.Write(Key.Name, payload[HeadBytes..]))], filters);
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out StatisticsPosition? position)
    {
        position = null;
        if (payload.Length <= HeadBytes || payload[0] > 1 || !NamePosition.TryRead(payload[HeadBytes..], out var name))
            return false;
        position = new StatisticsPosition(new SortKey(payload[0] == 1 ? BinaryPrimitives.ReadInt64BigEndian(payload[1..]) : null, name));
        return true;
    }
}
