using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Repositories;

/// <summary>Makes the catalog of what is stored: which repositories changed, and what is known of each.</summary>
internal sealed class CatalogReader
{
    /// <summary>From so many changes on it is cheaper to read every table once than to ask of each.</summary>
    private const int Many = 200;

    private readonly ICatalogRows _rows;
    private readonly Dictionary<long, Repository> _repositories = [];
    private readonly Dictionary<RepositoryName, Repository> _nameless = [];

    private CatalogReader(ICatalogRows rows) => _rows = rows;

    /// <summary>Reads what changed after a version, within one snapshot.</summary>
    /// <param name="lapsed">Lists registered at or before this time have lapsed.</param>
    public static CatalogChanges Read(SqlSession session, long lapsed, long since)
    {
        var version = session.Last(SqlNumbers.Catalog);
        if (since >= version)
            return new CatalogChanges([], since);
        var named = ReadNamedSince(session, since);
        var feeds = CatalogFeeds.Read(session, lapsed, "version > ?2", since);
        ICatalogRows rows = named.Count + feeds.Count > Many ? new CatalogTables(session, lapsed) : new CatalogQueries(session, lapsed);
        var reader = new CatalogReader(rows);
        foreach (var id in named)
            reader.Add(id);
        foreach (var feed in feeds)
            reader.Add(feed, tellUnwatched: since > 0);
        return new CatalogChanges([.. reader._repositories.Values, .. reader._nameless.Values], version);
    }

    private static List<long> ReadNamedSince(SqlSession session, long since)
    {
        using var select = session.Prepare("SELECT DISTINCT repository_id FROM repository_name WHERE stamp > ?1");
        select.Bind(1, since);
        var ids = new List<long>();
        while (select.Step())
            ids.Add(select.Int64(0));
        return ids;
    }

    private void Add(CatalogFeed feed, bool tellUnwatched)
    {
        if (feed.Address.IsOrganization)
        {
            var organization = feed.Address.ToString()["orgs/".Length..];
            foreach (var id in _rows.EverOwnedBy(organization).Where(id => IsOwnedBy(id, organization)))
                Add(id);
        }
        else if (Owner(feed) is { } id)
        {
            Add(id);
        }
        else if (feed.Address.IsRepository && (feed.IsWatched || tellUnwatched))
        {
            // Never answered. Once taken off its list it is told once more, and is not there for who asks from the start.
            var never = new NameSighting(feed.Address.Repository, DateTimeOffset.MinValue);
            _nameless[feed.Address.Repository] = Describe(RepositoryId.None, [never], feed);
        }
    }

    private void Add(long id)
    {
        if (_repositories.ContainsKey(id))
            return;
        List<NameSighting> names = [.. _rows.NamesOf(id)];
        var feed = FeedOf(id, names);
        // A name that was configured is an alias even if no event ever bore it.
        foreach (var own in _rows.FeedsOf(id))
        {
            if (own.Address.IsRepository && names.All(seen => seen.Name != own.Address.Repository))
                names.Add(new NameSighting(own.Address.Repository, DateTimeOffset.MinValue));
        }

        if (names.Count == 0)
            return;
        _repositories.Add(id, Describe(new RepositoryId(id), names, feed));
        // A feed that has not answered was this repository's while it bore the feed's name.
        foreach (var former in names.Skip(1))
        {
            if (FindUnanswered(former.Name) is { } waiting)
                Add(waiting, tellUnwatched: false);
        }
    }

    private Repository Describe(RepositoryId id, IReadOnlyList<NameSighting> names, CatalogFeed? feed) => new()
    {
        Id = id,
        Names = names,
        State = feed?.State ?? RepositoryState.Unwatched,
        LastPolledAt = feed?.LastPolledAt,
        NextPollAt = feed?.NextPollAt,
        LastEventAt = id == RepositoryId.None ? null : _rows.LastEventOf(id.Value),
        Coverage = feed is null ? CoverageLedger.Empty : _rows.CoverageOf(feed.Id),
    };

    /// <summary>The feed that speaks for a repository: a watched one before one that is not, its own before its organization's, the last polled first.</summary>
    private CatalogFeed? FeedOf(long id, List<NameSighting> names)
    {
        List<CatalogFeed?> candidates = [.. _rows.FeedsOf(id).Where(feed => !feed.Address.IsOrganization).OrderByDescending(feed => feed.LastPolledAt)];
        if (names is [var present, ..])
        {
            candidates.Add(FindUnanswered(present.Name));
            if (FeedAddress.TryParse($"orgs/{present.Name.Owner}", out var organization))
                candidates.Add(_rows.FeedAt(organization));
        }

        return candidates.OfType<CatalogFeed>().OrderByDescending(feed => feed.IsWatched).FirstOrDefault();
    }

    /// <summary>Which repository a feed of a repository belongs to: the one that answered, else the one last seen under its name.</summary>
    private long? Owner(CatalogFeed feed)
    {
        if (feed.RepositoryId != RepositoryId.None)
            return feed.RepositoryId.Value;
        if (!feed.Address.IsRepository)
            return null;
        foreach (var id in _rows.BearersOf(feed.Address.Repository))
        {
            if (_rows.NamesOf(id)[0].Name == feed.Address.Repository)
                return id;
        }

        return null;
    }

    private bool IsOwnedBy(long id, string owner) => _rows.NamesOf(id)[0].Name.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase);

    private CatalogFeed? FindUnanswered(RepositoryName name) =>
        _rows.FeedAt(FeedAddress.OfRepository(name)) is { } feed && feed.RepositoryId == RepositoryId.None ? feed : null;
}
