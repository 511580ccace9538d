using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GitHubSimulator.Chance;

/// <summary>
/// Numbers that depend on what they are drawn for, and not on what was drawn before: a seed, a kind, a key and an ordinal. So the order in
/// which concurrent requests arrive changes nobody's luck. The generator is SplitMix64 (Steele, Lea and Flood, 2014).
/// </summary>
internal struct Draws
{
    private ulong _state;

    private Draws(ulong state) => _state = state;

    public static Draws Of(int seed, DrawKind kind, long key, long ordinal = 0)
    {
        var state = Mix((ulong)seed ^ ((ulong)kind << 40));
        state = Mix(state ^ (ulong)key);
        return new Draws(Mix(state ^ (ulong)ordinal));
    }

    /// <summary>A key for a name; the same in every process, unlike the runtime's own hash.</summary>
    public static long KeyOf(ReadOnlySpan<char> name) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 on, and below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Next(int limit) => (int)(NextDouble() * limit);

    public bool Happens(double share) => NextDouble() < share;

    /// <summary>With mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + (most - least) * NextDouble();

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
