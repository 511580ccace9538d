using System.Text;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Api.Support;

/// <summary>Things that tests are about, made from the little that matters to each.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static Repository Repository(long id, string name, params IReadOnlyList<string> formerNames) => new()
    {
        Id = new RepositoryId(id),
        Names = [new(RepositoryName.Parse(name), Now), .. formerNames.Select(
            (former, i) => new NameObservation(RepositoryName.Parse(former), Now.AddDays(-1 - i)))],
        State = RepositoryState.Watching,
        Coverage = CompleteFrom(Now.AddDays(-30)),
    };

    public static NameObservation Seen(string name, DateTimeOffset lastSeenAt) => new(RepositoryName.Parse(name), lastSeenAt);

    public static CoverageLedger CompleteFrom(DateTimeOffset from) => Ledger(new CoverageInterval(from, Now, CoverageState.Complete, null));

    public static CoverageLedger Ledger(params IReadOnlyList<CoverageInterval> intervals) => CoverageLedger.FromIntervals(intervals);

    public static RepositorySnapshot Figures(long id, int events = 1, params IReadOnlyList<SeriesSnapshot> byEventType) =>
        Figures(id, Series("*", events), byEventType);

    public static RepositorySnapshot Figures(long id, SeriesSnapshot total, params IReadOnlyList<SeriesSnapshot> byEventType) => new()
    {
        RepositoryId = new RepositoryId(id),
        AsOf = Now,
        ValidUntil = null,
        Total = total,
        ByEventType = byEventType,
    };

    public static SeriesSnapshot Series(string type, int events, bool capped = false, double? mean = null) => new()
    {
        EventType = type == "*" ? EventType.All : EventType.Parse(type),
        Events = events,
        Capped = capped,
        FirstEventAt = events > 0 ? Now.AddHours(-2) : null,
        LastEventAt = events > 0 ? Now.AddHours(-1) : null,
        MeanIntervalSeconds = mean,
    };

    public static GitHubEvent Event(long repositoryId, long id, DateTimeOffset createdAt, string type = "PushEvent", string? json = null) =>
        new()
    {
        Key = new EventKey(EventId.FromGitHub(id), createdAt),
        Type = EventType.Parse(type),
        RepositoryId = new RepositoryId(repositoryId),
        Repository = RepositoryName.Parse("octo/pulse"),
        Json = Encoding.UTF8.GetBytes(json ?? $$"""{"id":"{{id}}","type":"{{type}}"}"""),
    };
}
