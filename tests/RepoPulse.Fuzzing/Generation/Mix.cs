namespace RepoPulse.Fuzzing.Generation;

/// <summary>
/// Makes the randomness of one input out of the seed of the run and the input's number, so that any input can be made alone.
/// </summary>
internal static class Mix
{
    public static Random ToRandom(int seed, long index)
    {
        // The finalizer of SplitMix64: neighbouring numbers give unrelated seeds.
        var z = unchecked(((ulong)(uint)seed << 32) + (ulong)index * 0x9E3779B97F4A7C15UL + 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return new Random(unchecked((int)(z ^ (z >> 31))));
    }

    public static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
