using RepoPulse.Core.Evidence;

namespace RepoPulse.Kafka;

/// <summary>What the events of a repository say of its completeness.</summary>
internal sealed record EvidenceRecord(long Links, long Broken, long Expected, long Held, IReadOnlyList<EvidenceGapRecord> Gaps)
{
    public static EvidenceRecord Of(EvidenceReport report) => new(
        report.Counts.Links,
        report.Counts.Broken,
        report.Counts.Expected,
        report.Counts.Held,
        [.. report.Gaps.Select(gap => new EvidenceGapRecord(gap.From, gap.To, gap.Reason))]);

    /// <exception cref="InvalidDataException">No aggregator writes such a record.</exception>
    public EvidenceReport ToReport()
    {
        RecordCheck.Require(Links >= 0 && Broken >= 0 && Expected >= 0 && Held >= 0, nameof(Links));
        RecordCheck.Require(Gaps is not null && Gaps.All(gap => gap is { Reason: not null }), nameof(Gaps));
        foreach (var gap in Gaps!)
        {
            RecordCheck.Time(gap.From, nameof(gap.From));
            RecordCheck.Time(gap.To, nameof(gap.To));
        }

        return new EvidenceReport
        {
            Counts = new(Links, Broken, Expected, Held),
            Gaps = [.. Gaps.Select(gap => new EvidenceGap(gap.From, gap.To, gap.Reason))],
        };
    }
}

internal sealed record EvidenceGapRecord(DateTimeOffset From, DateTimeOffset To, string Reason);
