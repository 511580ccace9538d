using System.Buffers.Binary;

namespace RepoPulse.Kafka;

/// <summary>
/// The hash by which Kafka's own clients choose a partition: 32-bit MurmurHash2 with the seed that their default partitioner has, so that a
/// record that is written by any of them goes where ours go.
/// </summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;

    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)((Hash(key) & 0x7fffffff) % (uint)partitions);

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var h = Seed ^ (uint)data.Length;
            for (; data.Length >= 4; data = data[4..])
            {
                var k = BinaryPrimitives.ReadUInt32LittleEndian(data) * M;
                k ^= k >> 24;
                h = (h * M) ^ (k * M);
            }

            if (data.Length > 2)
                h ^= (uint)data[2] << 16;
            if (data.Length > 1)
                h ^= (uint)data[1] << 8;
            if (data.Length > 0)
                h = (h ^ data[0]) * M;
            h = (h ^ (h >> 13)) * M;
            return h ^ (h >> 15);
        }
    }
}
