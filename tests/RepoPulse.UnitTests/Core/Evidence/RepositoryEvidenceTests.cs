using RepoPulse.Core.Evidence;

namespace RepoPulse.UnitTests.Core.Evidence;

public sealed class RepositoryEvidenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly RepositoryEvidence _evidence = new();

    [Fact]
    public void A_break_is_a_gap_once_what_is_missing_can_no_longer_be_late()
    {
        Add(EvidenceEvents.Push(1, Noon, 10, 11), EvidenceEvents.Push(2, Noon.AddHours(1), 12, 13));
        var due = Noon.AddHours(1) + RepositoryEvidence.MaxLatency;

        var before = _evidence.Report(due.AddSeconds(-1));
        Assert.Equal((new EvidenceCounts(0, 0, 0, 0), due), (before.Counts, before.NextChangeAt));
        Assert.Empty(before.Gaps);

        var after = _evidence.Report(due);
        Assert.Equal(new EvidenceCounts(0, 1, 0, 0), after.Counts);
        Assert.Equal(
            [new EvidenceGap(Noon, Noon.AddHours(1).AddSeconds(1), "a push to refs/heads/main is missing")], after.Gaps);
        Assert.Null(after.NextChangeAt);
    }

    [Fact]
    public void What_was_missing_heals_it_whenever_it_arrives()
    {
        Add(EvidenceEvents.Push(1, Noon, 10, 11), EvidenceEvents.Push(2, Noon.AddHours(1), 12, 13));
        Assert.NotEmpty(_evidence.Report(Noon.AddDays(1)).Gaps);
        Add(EvidenceEvents.Push(3, Noon.AddMinutes(30), 11, 12));

        var report = _evidence.Report(Noon.AddDays(1));
        Assert.Equal(new EvidenceCounts(2, 0, 0, 0), report.Counts);
        Assert.Empty(report.Gaps);
    }

    [Fact]
    public void Each_ref_has_a_chain_of_its_own()
    {
        Add(EvidenceEvents.Push(1, Noon, 10, 11), EvidenceEvents.Push(2, Noon.AddMinutes(1), 20, 21, "topic"));
        Add(EvidenceEvents.Push(3, Noon.AddMinutes(2), 11, 12), EvidenceEvents.Push(4, Noon.AddMinutes(3), 21, 22, "topic"));

        Assert.Equal(new EvidenceCounts(2, 0, 0, 0), _evidence.Report(Noon.AddDays(1)).Counts);
    }

    [Fact]
    public void Numbers_are_counted_and_declare_nothing()
    {
        Add(
            Opened("IssuesEvent", """{"action":"opened","issue":{"id":1,"number":4}}"""),
            Opened("PullRequestEvent", """{"action":"opened","number":6,"pull_request":{"id":2,"number":6}}"""),
            Opened("DiscussionEvent", """{"action":"created","discussion":{"number":7}}"""),
            Opened("IssuesEvent", """{"action":"closed","issue":{"number":90}}"""));

        var report = _evidence.Report(Noon.AddDays(9));
        Assert.Equal(new EvidenceCounts(0, 0, 4, 3), report.Counts);
        Assert.Empty(report.Gaps);
    }

    [Theory]
    [InlineData("WatchEvent", """{"action":"started"}""")]
    [InlineData("PushEvent", """{"ref":"refs/heads/main","head":"ab","shas":[]}""")]
    [InlineData("PushEvent", """{"ref":1,"head":{},"before":null}""")]
    [InlineData("CreateEvent", """{"ref":null,"ref_type":"repository"}""")]
    [InlineData("IssuesEvent", """{"action":"opened","issue":[4]}""")]
    [InlineData("IssuesEvent", "7")]
    public void What_says_nothing_is_passed_over(string type, string payload) =>
        Assert.False(EventEvidence.TryRead(EvidenceEvents.Event(1, Noon, type, payload), out _));

    private static GitHubEvent Opened(string type, string payload) => EvidenceEvents.Event(1, Noon, type, payload);

    private void Add(params GitHubEvent[] events)
    {
        foreach (var e in events)
        {
            if (EventEvidence.TryRead(e, out var evidence))
                _evidence.Add(e.Key.CreatedAt, evidence);
        }
    }
}
