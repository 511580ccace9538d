using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Api.Coverage;

/// <summary>Where the last interval of a page of coverage starts; starts stay, while the end of the newest moves with each sweep.</summary>
internal sealed record IntervalPosition(DateTimeOffset From)
{
    public string Encode(FilterFingerprint filters)
    {
        Span<byte> payload = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(payload, From.UtcTicks);
        return Cursor.Encode(payload, filters);
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out IntervalPosition? position)
    {
        position = payload.Length == sizeof(long) && TimeTicks.TryRead(payload, out var from) ? new IntervalPosition(from) : null;
        return position is not null;
    }
}
