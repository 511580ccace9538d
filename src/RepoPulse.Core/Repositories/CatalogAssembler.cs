namespace RepoPulse.Core;

/// <summary>
/// Puts together what is known of repositories: which feed speaks for one, what it is called, and who has a name. For every store alike.
/// </summary>
/// <param name="rows">What is stored, all of one moment.</param>
public sealed class CatalogAssembler(ICatalogRows rows)
{
    private readonly Dictionary<long, Repository> _repositories = [];
    private readonly Dictionary<RepositoryName, Repository> _nameless = [];

    /// <summary>The repositories that were added and those that changed with them, each once.</summary>
    public IReadOnlyList<Repository> Repositories => [.. _repositories.Values, .. _nameless.Values];

    /// <summary>Adds what a feed that changed speaks for.</summary>
    /// <param name="tellUnwatched">Whether one that GitHub never responded for is reported although it is on no list any more.</param>
    public void Add(CatalogFeed feed, bool tellUnwatched)
    {
        if (feed.Address.IsOrganization)
        {
            var organization = feed.Address.ToString()["orgs/".Length..];
            foreach (var id in rows.EverOwnedBy(organization).Where(id => IsOwnedBy(id, organization)))
                Add(id);
        }
        else if (Owner(feed) is { } id)
        {
            Add(id);
        }
        else if (feed.Address.IsRepository && (feed.IsWatched || tellUnwatched))
        {
            // GitHub never responded for it. Once taken off its list it is reported once more, and is not there for who asks from the
            // start.
            var never = new NameObservation(feed.Address.Repository, DateTimeOffset.MinValue);
            _nameless[feed.Address.Repository] = Describe(RepositoryId.None, [never], feed);
        }
    }

    /// <summary>Adds a repository of which some name changed.</summary>
    public void Add(long id)
    {
        if (_repositories.ContainsKey(id))
            return;
        List<NameObservation> names = [.. rows.NamesOf(id)];
        var feed = FeedOf(id, names);
        // A name that was configured is an alias even if no event ever had it.
        foreach (var own in rows.FeedsOf(id))
        {
            if (own.Address.IsRepository && names.All(seen => seen.Name != own.Address.Repository))
                names.Add(new NameObservation(own.Address.Repository, DateTimeOffset.MinValue));
        }

        if (names.Count == 0)
            return;
        _repositories.Add(id, Describe(new RepositoryId(id), names, feed));
        // A feed that has not responded was this repository's while it had the feed's name.
        foreach (var former in names.Skip(1))
        {
            if (FindUnanswered(former.Name) is { } waiting)
                Add(waiting, tellUnwatched: false);
        }
    }

    private Repository Describe(RepositoryId id, IReadOnlyList<NameObservation> names, CatalogFeed? feed) => new()
    {
        Id = id,
        Names = names,
        State = feed?.State ?? RepositoryState.Unwatched,
        LastPolledAt = feed?.LastPolledAt,
        NextPollAt = feed?.NextPollAt,
        LastEventAt = id == RepositoryId.None ? null : rows.LastEventOf(id.Value),
        ConfirmedAt = feed?.ConfirmedAt,
        Evidence = id == RepositoryId.None ? null : rows.EvidenceOf(id.Value),
        Coverage = feed is null ? CoverageLedger.Empty : WithGaps(id.Value, rows.CoverageOf(feed.Id)),
    };

    /// <summary>Lays the gaps that the evidence shows over a feed's coverage; archives repair them as they do others.</summary>
    private CoverageLedger WithGaps(long id, CoverageLedger ledger)
    {
        if (id == RepositoryId.None.Value || rows.EvidenceGapsOf(id) is not { Count: > 0 } gaps)
            return ledger;
        foreach (var gap in gaps)
            ledger = ledger.Declare(gap.From, gap.To, gap.Reason);
        foreach (var archive in rows.ArchivesOf(id))
            ledger = ledger.Repair(archive.From, archive.To, archive.CapturedAtMost);
        return ledger;
    }

    /// <summary>
    /// The feed that speaks for a repository: a watched one before one that is not, its own before its organization's, the last polled
    /// first.
    /// </summary>
    private CatalogFeed? FeedOf(long id, List<NameObservation> names)
    {
        List<CatalogFeed?> candidates = [.. rows.FeedsOf(id)
            .Where(feed => !feed.Address.IsOrganization)
            .OrderByDescending(feed => feed.LastPolledAt)];
        if (names is [var present, ..])
        {
            candidates.Add(FindUnanswered(present.Name));
            // An organization's feed shows what is public alone.
            if (!rows.IsPrivate(id) && FeedAddress.TryParse($"orgs/{present.Name.Owner}", out var organization))
                candidates.Add(rows.FeedAt(organization));
        }

        return candidates.OfType<CatalogFeed>().OrderByDescending(feed => feed.IsWatched).FirstOrDefault();
    }

    /// <summary>
    /// Which repository a feed of a repository belongs to: the one that GitHub responded for, else the one last seen under its name.
    /// </summary>
    private long? Owner(CatalogFeed feed)
    {
        if (feed.RepositoryId != RepositoryId.None)
            return feed.RepositoryId.Value;
        if (!feed.Address.IsRepository)
            return null;
        foreach (var id in rows.RepositoriesNamed(feed.Address.Repository))
        {
            if (rows.NamesOf(id)[0].Name == feed.Address.Repository)
                return id;
        }

        return null;
    }

    private bool IsOwnedBy(long id, string owner) => rows.NamesOf(id)[0].Name.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase);

    private CatalogFeed? FindUnanswered(RepositoryName name) =>
        rows.FeedAt(FeedAddress.OfRepository(name)) is { } feed && feed.RepositoryId == RepositoryId.None ? feed : null;
}

/// <summary>What the catalog reads of a feed.</summary>
public sealed record CatalogFeed(
    long Id,
    FeedAddress Address,
    RepositoryId RepositoryId,
    RepositoryState CursorState,
    DateTimeOffset? LastPolledAt,
    DateTimeOffset? NextPollAt,
    bool IsWatched)
{
    public DateTimeOffset? ConfirmedAt { get; init; }

    public RepositoryState State => IsWatched ? CursorState : RepositoryState.Unwatched;
}
