using System.Buffers;

namespace RepoPulse.Core;

/// <summary>
/// The keys of a sweep as bytes: a format number, then for each key the distance in time and in id from the one before, as variable-length
/// integers. Some 8 bytes a key where they are written as numbers in text it would be 35.
/// </summary>
public static class SweepKeys
{
    private const byte SecondsOnly = 1;
    private const byte Microseconds = 2;

    public static byte[] Encode(IReadOnlyList<EventKey> keys)
    {
        var whole = keys.All(key => key.CreatedAt.UtcTicks % TimeSpan.TicksPerSecond == 0);
        var unit = whole ? 1_000_000 : 1;
        var bytes = new ArrayBufferWriter<byte>(16 + (keys.Count * 10));
        bytes.Write([whole ? SecondsOnly : Microseconds]);
        var (lastTime, lastId) = (0L, 0L);
        foreach (var key in keys)
        {
            var time = Micros.Floor(key.CreatedAt) / unit;
            Write(bytes, time - lastTime);
            Write(bytes, unchecked(key.Id.Value - lastId));
            (lastTime, lastId) = (time, key.Id.Value);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not keys.</exception>
    public static IReadOnlyList<EventKey> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return [];
        var unit = bytes[0] switch
        {
            SecondsOnly => 1_000_000,
            Microseconds => 1,
            var other => throw new InvalidDataException($"A sweep's keys are in an unknown format {other}."),
        };
        bytes = bytes[1..];
        var keys = new List<EventKey>();
        var (time, id) = (0L, 0L);
        while (!bytes.IsEmpty)
        {
            time += Read(ref bytes);
            id = unchecked(id + Read(ref bytes));
            keys.Add(new EventKey(EventId.FromValue(id), Micros.ToTime(time * unit)));
        }

        return keys;
    }

    private static void Write(ArrayBufferWriter<byte> bytes, long value)
    {
        var rest = unchecked((ulong)((value << 1) ^ (value >> 63)));
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
            span[length++] = (byte)(rest | 0x80);
        span[length++] = (byte)rest;
        bytes.Advance(length);
    }

    private static long Read(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] >= 0x80)
                continue;
            bytes = bytes[(i + 1)..];
            return unchecked((long)(value >> 1) ^ -(long)(value & 1));
        }

        throw new InvalidDataException("A sweep's keys end in the middle of one.");
    }
}
