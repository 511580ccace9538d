namespace GitHubSimulator.World;

/// <summary>
/// Ids as seen in September 2026: two interleaved families, neither in step with time. No id is drawn twice.
/// </summary>
internal sealed class EventIdSequence
{
    private const int Stride = 40;
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random;
    private long _lower;
    private long _upper;

    /// <summary>A later start begins higher, so that a simulator started again does not repeat ids.</summary>
    public EventIdSequence(Random random, DateTimeOffset start)
    {
        _random = random;
        var offset = Math.Max(0, (long)(start - Origin).TotalSeconds) * Stride;
        _lower = 15_000_000_000 + offset;
        _upper = 20_000_000_000 + offset;
    }

    public long Next()
    {
        ref var family = ref _random.Next(2) == 0 ? ref _lower : ref _upper;
        family += Stride;

        // Within its stride at random: still distinct, and never evenly spaced.
        return family + _random.Next(Stride);
    }
}
