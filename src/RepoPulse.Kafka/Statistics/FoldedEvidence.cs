using RepoPulse.Core.Evidence;

namespace RepoPulse.Kafka;

/// <summary>The evidence of a repository as its events are read, each once however often the log has it.</summary>
internal sealed class FoldedEvidence
{
    private readonly RepositoryEvidence _evidence = new();

    /// <summary>
    /// When each statement was last made: the log may have an event twice, and both as a webhook and as a poll reported it.
    /// </summary>
    private readonly Dictionary<EventEvidence, DateTimeOffset> _seen = [];

    /// <summary>Gaps that a predecessor declared; those from before what is read stay.</summary>
    public IReadOnlyList<EvidenceGap> Inherited { get; init; } = [];

    public EvidenceReport? Report { get; private set; }

    /// <summary>When the report changes though no event arrives.</summary>
    public DateTimeOffset? NextChangeAt => Report?.NextChangeAt;

    /// <summary>Takes an event; false where it was read before.</summary>
    public bool Add(in GitHubEvent e)
    {
        if (e.Evidence is not { } evidence)
            return false;
        var at = e.Key.CreatedAt;
        if (_seen.TryGetValue(evidence, out var seenAt) && (at - seenAt).Duration() <= MergeTolerance.Longest)
            return false;
        _seen[evidence] = at;
        _evidence.Add(e.Key.CreatedAt, evidence);
        return true;
    }

    /// <summary>Reports again; true where that is another report than the last.</summary>
    /// <param name="declares">Whether gaps are declared, and not counted alone.</param>
    /// <param name="readSince">Since when events were read: a gap from before is inherited.</param>
    public bool Refresh(DateTimeOffset now, DateTimeOffset readSince, bool declares)
    {
        var before = Report;
        var report = _evidence.Report(now);
        Report = report with
        {
            Gaps = declares ? [.. Inherited.Where(gap => gap.From < readSince), .. report.Gaps] : [],
        };
        return before is null || before.Counts != Report.Counts || !before.Gaps.SequenceEqual(Report.Gaps);
    }
}
