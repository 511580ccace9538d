using System.Buffers;
using ZstdSharp.Unsafe;

namespace RepoPulse.Sql;

/// <summary>
/// When a dictionary is trained, and of what. The measurements behind the numbers: docs/decisions/0002-payload-storage.md.
/// </summary>
internal static class DictionaryTraining
{
    /// <summary>
    /// The first dictionary is trained of the first events there are: more make it hardly better, and those before it are stored larger.
    /// </summary>
    public const int FirstAfter = 1_000;

    /// <summary>GitHub's forms and what is watched change over the years, so a dictionary serves this many events.</summary>
    public const int AgainAfter = 1_000_000;

    public const int MaxSamples = 1_000;

    private const int Capacity = 112_640;
    private const int MaxSampleBytes = 64 << 10;

    /// <summary>
    /// Fixed where zstd would try several: on recorded events its choice is no smaller, and takes six times as long, which the first append
    /// would wait for.
    /// </summary>
    private static readonly ZDICT_fastCover_params_t Parameters = new()
    {
        k = 1024,
        d = 8,
        f = 20,
        accel = 5,
        zParams = new ZDICT_params_t { compressionLevel = PayloadCodec.Level },
    };

    /// <summary>A dictionary, or null where the samples do not yield one (too few, too short or too much alike).</summary>
    public static unsafe byte[]? Train(IEnumerable<ReadOnlyMemory<byte>> samples)
    {
        var taken = samples.Where(json => json.Length is > 0 and <= MaxSampleBytes).Take(MaxSamples).ToList();
        if (taken.Count == 0)
            return null;
        var joined = new ArrayBufferWriter<byte>();
        foreach (var json in taken)
            joined.Write(json.Span);
        nuint[] lengths = [.. taken.Select(json => (nuint)json.Length)];
        var dictionary = new byte[Capacity];
        fixed (byte* to = dictionary, from = joined.WrittenSpan)
        fixed (nuint* length = lengths)
        {
            var written = Methods.ZDICT_trainFromBuffer_fastCover(to, Capacity, from, length, (uint)lengths.Length, Parameters);
            return Methods.ZDICT_isError(written) ? null : dictionary[..(int)written];
        }
    }
}
