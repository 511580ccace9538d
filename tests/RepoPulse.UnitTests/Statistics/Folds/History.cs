using CsCheck;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Folds;

/// <summary>A course of events: what is given to a fold and when, in every disorder.</summary>
internal sealed record History(WindowOptions Window, int MaxFutureEvents, IReadOnlyList<(DateTimeOffset Now, EventBatch Batch)> Steps)
{
    private static readonly string[] Types = ["PushEvent", "ForkEvent", "WatchEvent"];

    /// <summary>
    /// Few units of time, so that ties, exact ages and exact due times are common; few ids, so that duplicates are. An id keeps its type,
    /// as a key belongs to one event. The last of the given number of ids are those of webhooks' events, of which any event may take the
    /// place.
    /// </summary>
    public static Gen<History> Any { get; } = Of(Gen.Const(0), Gen.Frequency((9, Passed), (1, Gen.Int[-20, 0])));

    /// <summary>With events that others supersede: before they come, after, both or never, and by one dated a little otherwise.</summary>
    public static Gen<History> WithSupersessions { get; } = Of(Gen.Int[1, 40], Passed);

    private static Gen<History> Of(Gen<int> webhookIds, Gen<int> passed) =>
        from webhook in webhookIds
        from unit in Gen.OneOfConst(1L, 10L, TimeSpan.TicksPerSecond, 7 * TimeSpan.TicksPerHour + 3)
        from maxEvents in Gen.Int[1, 20]
        from maxFutureEvents in Gen.Int[1, 6]
        from duration in Gen.Int[1, 60]
        from ids in Gen.Int[1, 40]
        from repositories in Gen.Int[1, 3]
        from steps in Gen.Select(passed,
            Gen.Select(Offset, Gen.Int[1, ids], Gen.Int[1, repositories], Gen.Int[-3, 3])
            .Array[0, 12]).Array[1, 40]
        select new History(
            new() { Duration = TimeSpan.FromTicks(duration * unit), MaxEvents = maxEvents },
            maxFutureEvents,
            Lay(steps, unit, ids - webhook));

    /// <summary>
    /// Time between two steps: mostly little, at times far beyond a window; elsewhere now and then back, by a little or by far.
    /// </summary>
    private static Gen<int> Passed => Gen.Frequency((5, Gen.Int[0, 4]), (3, Gen.Int[0, 25]), (1, Gen.Int[0, 150]));

    /// <summary>An event's time from its step's: mostly just before, at times late, too old or in the future.</summary>
    private static Gen<int> Offset => Gen.Frequency((4, Gen.Int[-12, 1]), (2, Gen.Int[-70, 30]));

    private static List<(DateTimeOffset Now, EventBatch Batch)> Lay(
        (int Passed, (int Offset, int Id, int Repository, int Apart)[] Events)[] steps, long unit, int lastPolledId)
    {
        var now = TestEvents.Now;
        var webhookEvents = new Dictionary<(int Repository, string Type), List<GitHubEvent>>();
        var laid = new List<(DateTimeOffset, EventBatch)>();
        foreach (var (passed, events) in steps)
        {
            now += TimeSpan.FromTicks(passed * unit);
            var batch = new List<GitHubEvent>();
            var supersessions = new List<Supersession>();
            foreach (var (offset, id, repository, apart) in events)
            {
                var type = Types[id % Types.Length];
                var e = TestEvents.Event(id, now + TimeSpan.FromTicks(offset * unit), type, repository);
                var waiting = webhookEvents.TryGetValue((repository, type), out var some) ? some : webhookEvents[(repository, type)] = [];
                if (id > lastPolledId)
                {
                    // Now and then it never comes, or only after what supersedes it: the log gives no promise.
                    e = e with { Key = new EventKey(EventId.FromWebhook((ulong)(10 * id + repository)), e.Key.CreatedAt) };
                    waiting.Add(e);
                    if (apart == 3)
                        continue;
                }
                else if (waiting.Count > 0 && apart != 3)
                {
                    var superseded = waiting[^1];
                    waiting.RemoveAt(waiting.Count - 1);
                    e = e with { Key = new EventKey(e.Key.Id, superseded.Key.CreatedAt + TimeSpan.FromTicks(apart * unit)) };
                    supersessions.Add(new Supersession(e.RepositoryId, e.Type, superseded.Key, e.Key));
                    if (apart == 2)
                        batch.Add(superseded);
                }

                batch.Add(e);
            }

            laid.Add((now, new EventBatch(batch, LogPosition.Start) { Supersessions = supersessions }));
        }

        return laid;
    }
}
