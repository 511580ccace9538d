using CsCheck;
using RepoPulse.Events;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Folds;

/// <summary>A course of events: what is given to a fold and when, in every disorder.</summary>
internal sealed record History(WindowOptions Window, int MaxFutureEvents, IReadOnlyList<(DateTimeOffset Now, GitHubEvent[] Batch)> Steps)
{
    private static readonly string[] Types = ["PushEvent", "ForkEvent", "WatchEvent"];

    /// <summary>
    /// Few units of time, so that ties, exact ages and exact due times are common; few ids, so that duplicates are. An id keeps its type, as a key
    /// belongs to one event.
    /// </summary>
    public static Gen<History> Any { get; } =
        from unit in Gen.OneOfConst(1L, 10L, TimeSpan.TicksPerSecond, 7 * TimeSpan.TicksPerHour + 3)
        from maxEvents in Gen.Int[1, 20]
        from maxFutureEvents in Gen.Int[1, 6]
        from duration in Gen.Int[1, 60]
        from ids in Gen.Int[1, 40]
        from repositories in Gen.Int[1, 3]
        from steps in Gen.Select(Passed, Gen.Select(Offset, Gen.Int[1, ids], Gen.Int[1, repositories]).Array[0, 12]).Array[1, 40]
        select new History(
            new() { Duration = TimeSpan.FromTicks(duration * unit), MaxEvents = maxEvents }, maxFutureEvents, Lay(steps, unit));

    /// <summary>Time between two steps: mostly little, at times far beyond a window, now and then back.</summary>
    private static Gen<int> Passed => Gen.Frequency((5, Gen.Int[0, 4]), (3, Gen.Int[0, 25]), (1, Gen.Int[0, 150]), (1, Gen.Int[-20, 0]));

    /// <summary>An event's time from its step's: mostly just before, at times late, too old or in the future.</summary>
    private static Gen<int> Offset => Gen.Frequency((4, Gen.Int[-12, 1]), (2, Gen.Int[-70, 30]));

    private static List<(DateTimeOffset Now, GitHubEvent[] Batch)> Lay((int Passed, (int Offset, int Id, int Repository)[] Events)[] steps, long unit)
    {
        var now = TestEvents.Now;
        var laid = new List<(DateTimeOffset, GitHubEvent[])>();
        foreach (var (passed, events) in steps)
        {
            now += TimeSpan.FromTicks(passed * unit);
            var batch = from e in events
                        let at = now + TimeSpan.FromTicks(e.Offset * unit)
                        select TestEvents.Event(e.Id, at, Types[e.Id % Types.Length], e.Repository);
            laid.Add((now, [.. batch]));
        }

        return laid;
    }
}
