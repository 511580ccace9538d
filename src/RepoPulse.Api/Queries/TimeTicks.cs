using System.Buffers.Binary;

namespace RepoPulse.Api.Queries;

internal static class TimeTicks
{
    /// <summary>A UTC time from its ticks, where there is such a time: a cursor comes from outside.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out DateTimeOffset time)
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(payload);
        var valid = ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = valid ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return valid;
    }
}
