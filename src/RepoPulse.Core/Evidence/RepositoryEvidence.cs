namespace RepoPulse.Core.Evidence;

/// <summary>What the events of one repository say of its completeness. Each event is to be added once, in any order.</summary>
public sealed class RepositoryEvidence
{
    /// <summary>More refs are not followed: a bound, so that no repository costs without limit.</summary>
    private const int MaxRefs = 4096;

    /// <summary>
    /// An event may appear up to six hours after it happened (GitHub's documentation of the Events API); the rest is for clocks. So long
    /// nothing that is missing need be lost.
    /// </summary>
    public static readonly TimeSpan MaxLatency = TimeSpan.FromHours(6) + TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, PushChain> _refs = new(StringComparer.Ordinal);
    private long _lowest = long.MaxValue;
    private long _highest;
    private long _held;

    /// <summary>When the newest event happened that moves <c>pushed_at</c>; null where there is none.</summary>
    public DateTimeOffset? LastPushAt { get; private set; }

    public void Add(DateTimeOffset at, EventEvidence evidence)
    {
        if (evidence.Number > 0)
        {
            _lowest = Math.Min(_lowest, evidence.Number);
            _highest = Math.Max(_highest, evidence.Number);
            _held++;
            return;
        }

        if (LastPushAt is null || at > LastPushAt)
            LastPushAt = at;
        if (!_refs.TryGetValue(evidence.Ref!, out var chain))
        {
            if (_refs.Count >= MaxRefs)
                return;
            _refs.Add(evidence.Ref!, chain = new PushChain());
        }

        chain.Add(at, evidence);
    }

    /// <summary>What it comes to at a time.</summary>
    public EvidenceReport Report(DateTimeOffset now)
    {
        var (links, broken) = (0L, 0L);
        var gaps = new List<EvidenceGap>();
        DateTimeOffset? next = null;
        foreach (var (name, chain) in _refs)
        {
            links += chain.Links;
            foreach (var stretch in chain.FindBreaks())
            {
                // Until then the missing push may still appear.
                var due = stretch.To + MaxLatency;
                if (due > now)
                {
                    next = next is null || due < next ? due : next;
                    continue;
                }

                broken++;
                // The gap holds the two pushes' own seconds, in which the missing one may have happened.
                gaps.Add(new EvidenceGap(stretch.From, stretch.To.AddSeconds(1), $"a push to {name} is missing"));
            }
        }

        gaps.Sort((a, b) => a.From.CompareTo(b.From));
        return new EvidenceReport
        {
            Counts = new EvidenceCounts(links, broken, _held == 0 ? 0 : _highest - _lowest + 1, _held),
            Gaps = gaps,
            NextChangeAt = next,
        };
    }
}

/// <summary>What the held events of a repository say of each other.</summary>
public sealed record EvidenceReport
{
    public required EvidenceCounts Counts { get; init; }

    /// <summary>Where something is missing, in time order.</summary>
    public IReadOnlyList<EvidenceGap> Gaps { get; init; } = [];

    /// <summary>When it changes though no event arrives; null where it does not.</summary>
    public DateTimeOffset? NextChangeAt { get; init; }
}

/// <param name="Links">Neighbouring pushes of a ref that fit.</param>
/// <param name="Broken">Neighbouring pushes that do not, although nothing that is missing can still be late.</param>
/// <param name="Expected">The span of the numbers of issues, pull requests and discussions that were opened.</param>
/// <param name="Held">How many of those numbers are held.</param>
public readonly record struct EvidenceCounts(long Links, long Broken, long Expected, long Held);

/// <summary>A stretch in which an event is missing, by the evidence of those around it.</summary>
/// <param name="Reason">In a few words for people.</param>
public readonly record struct EvidenceGap(DateTimeOffset From, DateTimeOffset To, string Reason);
