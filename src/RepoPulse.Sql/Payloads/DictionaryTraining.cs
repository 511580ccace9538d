using ZstdSharp;

namespace RepoPulse.Sql.Payloads;

/// <summary>When a dictionary is trained, and of what. The figures behind the numbers: docs/decisions/0002-payload-storage.md.</summary>
internal static class DictionaryTraining
{
    /// <summary>The first dictionary is trained of the first events there are: more make it hardly better, and those before it are stored larger.</summary>
    public const int FirstAfter = 1_000;

    /// <summary>GitHub's forms and what is watched change over the years, so a dictionary serves this many events.</summary>
    public const int AgainAfter = 1_000_000;

    public const int MaxSamples = 1_000;

    private const int Capacity = 112_640;
    private const int Level = 3;
    private const int MaxSampleBytes = 64 << 10;

    /// <summary>A dictionary, or null where the samples do not yield one (too few, too short or too much alike).</summary>
    public static byte[]? Train(IEnumerable<ReadOnlyMemory<byte>> samples)
    {
        var taken = samples
            .Where(json => json.Length is > 0 and <= MaxSampleBytes)
            .Take(MaxSamples)
            .Select(json => json.ToArray())
            .ToList();
        try
        {
            return DictBuilder.TrainFromBufferFastCover(taken, Level, Capacity).ToArray();
        }
        catch (ZstdException)
        {
            return null;
        }
    }
}
