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
    public static Gen<History> Gen { get; } =
        from unit in CsCheck.Gen.OneOfConst(1L, 10L, TimeSpan.TicksPerSecond, 7 * TimeSpan.TicksPerHour + 3)
        from maxEvents in CsCheck.Gen.Int[1, 20]
        from maxFutureEvents in CsCheck.Gen.Int[1, 6]
        from duration in CsCheck.Gen.Int[1, 60]
        from ids in CsCheck.Gen.Int[1, 40]
        from repositories in CsCheck.Gen.Int[1, 3]
        from steps in CsCheck.Gen.Select(
            CsCheck.Gen.Frequency((5, CsCheck.Gen.Int[0, 4]), (3, CsCheck.Gen.Int[0, 25]), (1, CsCheck.Gen.Int[0, 150]), (1, CsCheck.Gen.Int[-20, 0])),
            CsCheck.Gen.Select(CsCheck.Gen.Frequency((4, CsCheck.Gen.Int[-12, 1]), (2, CsCheck.Gen.Int[-70, 30])), CsCheck.Gen.Int[1, ids], CsCheck.Gen.Int[1, repositories]).Array[0, 12])
            .Array[1, 40]
        select new History(
            new() { Duration = TimeSpan.FromTicks(duration * unit), MaxEvents = maxEvents }, maxFutureEvents, Lay(steps, unit));

    private static List<(DateTimeOffset Now, GitHubEvent[] Batch)> Lay((int Passed, (int Offset, int Id, int Repository)[] Events)[] steps, long unit)
    {
        var now = TestEvents.Now;
        var laid = new List<(DateTimeOffset, GitHubEvent[])>();
        foreach (var (passed, events) in steps)
        {
            now += TimeSpan.FromTicks(passed * unit);
            laid.Add((now, [.. events.Select(e => TestEvents.Event(e.Id, now + TimeSpan.FromTicks(e.Offset * unit), Types[e.Id % Types.Length], e.Repository))]));
        }

        return laid;
    }
}
