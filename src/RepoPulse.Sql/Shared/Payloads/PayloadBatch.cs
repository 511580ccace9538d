using System.Buffers;

namespace RepoPulse.Sql;

/// <summary>
/// The compressed JSON of a batch, in pooled buffers: made before the write lock is taken, on more than one core where that pays.
/// </summary>
internal sealed class PayloadBatch : IDisposable
{
    private const int WorthACore = 128;

    private readonly int _perSlice;
    private readonly Slice[] _slices;

    private PayloadBatch(int dictionary, int perSlice, Slice[] slices) => (Dictionary, _perSlice, _slices) = (dictionary, perSlice, slices);

    public int Dictionary { get; }

    public ReadOnlySpan<byte> this[int index] => _slices[index / _perSlice].Frame(index % _perSlice);

    public ReadOnlyMemory<byte> Memory(int index) => _slices[index / _perSlice].Memory(index % _perSlice);

    public static PayloadBatch Compress(PayloadCodec codec, IReadOnlyList<GitHubEvent> events)
    {
        var count = Math.Clamp(events.Count / WorthACore, 1, Environment.ProcessorCount);
        var perSlice = (events.Count + count - 1) / count;
        var slices = new Slice[count];
        if (count == 1)
            slices[0] = Slice.Compress(codec, events, 0, events.Count);
        else
            Parallel.For(
                0, count, i => slices[i] = Slice.Compress(codec, events, i * perSlice, Math.Min(events.Count, (i + 1) * perSlice)));
        return new PayloadBatch(codec.Number, perSlice, slices);
    }

    public void Dispose()
    {
        foreach (var slice in _slices)
            ArrayPool<byte>.Shared.Return(slice.Buffer);
    }

    private readonly record struct Slice(byte[] Buffer, int[] Ends)
    {
        public static Slice Compress(PayloadCodec codec, IReadOnlyList<GitHubEvent> events, int start, int end)
        {
            var bound = 0;
            for (var i = start; i < end; i++)
                bound = checked(bound + PayloadCodec.MaxFrameLength(events[i].Json.Length));
            var slice = new Slice(ArrayPool<byte>.Shared.Rent(bound), new int[Math.Max(0, end - start)]);
            var compressor = codec.RentCompressor();
            var written = 0;
            for (var i = start; i < end; i++)
            {
                written += compressor.Wrap(events[i].Json.Span, slice.Buffer.AsSpan(written));
                slice.Ends[i - start] = written;
            }

            codec.Return(compressor);
            return slice;
        }

        public ReadOnlySpan<byte> Frame(int index) => Memory(index).Span;

        public ReadOnlyMemory<byte> Memory(int index)
        {
            var start = index == 0 ? 0 : Ends[index - 1];
            return Buffer.AsMemory(start, Ends[index] - start);
        }
    }
}
