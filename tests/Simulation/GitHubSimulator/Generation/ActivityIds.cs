using GitHubSimulator.Chance;

namespace GitHubSimulator.Generation;

/// <summary>
/// Ids of one repository's made-up events: two interleaved families, neither in step with time, as seen in September 2026. An id is made of
/// the second, the repository's number in its world and the place within the second, so that none is given twice unless it is meant to be.
/// </summary>
internal sealed class ActivityIds(int ordinal, DateTimeOffset? restartAt, IReadOnlyList<Activity> neighbours)
{
    /// <summary>How many repositories of a world can make events up.</summary>
    public const int MaxRepositories = 1 << RepositoryBits;

    private const int RepositoryBits = 17;
    private const int PlaceBits = 6;
    private const long UpperFamily = 1L << 52;

    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long ago an event may have happened whose id is given again.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(3);

    /// <summary>Gives times, in their order, an id each.</summary>
    public List<(DateTimeOffset At, long Id)> Number(ref Draws draws, List<DateTimeOffset> times)
    {
        var numbered = new List<(DateTimeOffset, long)>(times.Count);
        var (second, place) = (-1L, 0);
        foreach (var at in times)
        {
            var atSecond = at.UtcTicks / TimeSpan.TicksPerSecond;
            place = atSecond == second ? (place + 1) & ((1 << PlaceBits) - 1) : 0;
            second = atSecond;
            numbered.Add((at, Id(SecondsAt(at), place) + (draws.Happens(0.5) ? UpperFamily : 0)));
        }

        return numbered;
    }

    /// <summary>The id of an event of some days ago, of this repository or another; null where the draw finds none.</summary>
    public long? Reuse(ref Draws draws, DateTimeOffset at)
    {
        if (neighbours.Count == 0)
            return null;
        var other = neighbours[draws.Next(neighbours.Count)];
        var before = at - draws.Between(TimeSpan.FromMinutes(1), MaxAge);

        // Where both were created in the same second, nothing could distinguish the two.
        return other.FirstOf(other.SlotOf(before)) is { } old && old.At < at.AddSeconds(-1) ? old.Id : null;
    }

    private long Id(long seconds, int place) => (((seconds << RepositoryBits) | (long)ordinal) << PlaceBits) | (long)place;

    /// <summary>Since the beginning of 2026, or since the ids began again: lower than all before.</summary>
    private long SecondsAt(DateTimeOffset at)
    {
        var origin = restartAt is { } restart && at >= restart ? restart : Origin;
        return Math.Max(0, (at - origin).Ticks / TimeSpan.TicksPerSecond) + 1;
    }
}
