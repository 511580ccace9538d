namespace RepoPulse.Core.Evidence;

/// <summary>
/// What the pushes of an archive say of how much of what happened it holds: the share of the links that hold bounds it from above. Short
/// chains flatter it, longer stretches come closer. Each event is to be added once; memory is bounded.
/// </summary>
public sealed class ArchiveEvidence
{
    /// <summary>Above so many refs what was found so far is counted, and begun again: some 60 MB.</summary>
    private const int MaxChains = 200_000;

    private readonly Dictionary<(RepositoryId Repository, string Ref), PushChain> _chains = [];
    private long _links;
    private long _broken;

    /// <summary>Neighbouring pushes that fit, and those that do not.</summary>
    public (long Links, long Broken) Counts
    {
        get
        {
            var (links, broken) = (_links, _broken);
            foreach (var chain in _chains.Values)
                (links, broken) = (links + chain.Links, broken + chain.FindBreaks().Count);
            return (links, broken);
        }
    }

    /// <summary>What part of the pushes is in it at most (0 to 1); null where no two pushes are neighbours.</summary>
    public double? CapturedAtMost => Counts is var (links, broken) && links + broken > 0 ? (double)links / (links + broken) : null;

    public void Add(RepositoryId repository, DateTimeOffset at, EventEvidence evidence)
    {
        if (evidence.Ref is not { } name)
            return;
        if (!_chains.TryGetValue((repository, name), out var chain))
        {
            if (_chains.Count >= MaxChains)
            {
                (_links, _broken) = Counts;
                _chains.Clear();
            }

            _chains.Add((repository, name), chain = new PushChain());
        }

        chain.Add(at, evidence);
    }
}
