using RepoPulse.Sql.Sqlite.Connections;
using RepoPulse.Sql.Sqlite.Feeds;

namespace RepoPulse.Sql.Sqlite.Repositories;

/// <summary>Reads the catalog within one snapshot: which repositories changed, and what is known of each.</summary>
/// <param name="lapsed">Lists registered at or before this time have lapsed.</param>
internal sealed class SqliteCatalogReader(SqliteSession session, long lapsed)
{
    private readonly Dictionary<long, Repository> _repositories = [];
    private readonly Dictionary<RepositoryName, Repository> _nameless = [];

    public CatalogChanges Read(long since)
    {
        var version = SqliteCounter.Read(session, SqliteCounter.Catalog);
        if (since >= version)
            return new CatalogChanges([], version);
        foreach (var id in ReadNamedSince(since))
            Add(id);
        foreach (var feed in ReadFeeds("version > ?2 ORDER BY id", since))
            Add(feed, tellUnwatched: since > 0);
        return new CatalogChanges([.. _repositories.Values, .. _nameless.Values], version);
    }

    private void Add(CatalogFeed feed, bool tellUnwatched)
    {
        if (feed.Address.IsOrganization)
        {
            foreach (var id in ReadOwnedBy(feed.Address.ToString()["orgs/".Length..]))
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
        var names = SqliteNames.All(session, id);
        var feed = FeedOf(id, names);
        // A name that was configured is an alias even if no event ever bore it.
        foreach (var own in ReadFeeds("repository_id = ?2 ORDER BY id", id))
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
            foreach (var waiting in ReadUnanswered(former.Name))
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
        LastEventAt = id == RepositoryId.None ? null : ReadLastEventAt(id.Value),
        Coverage = feed is null ? CoverageLedger.Empty : SqliteFeeds.ReadCoverage(session, feed.Id),
    };

    /// <summary>The feed that speaks for a repository: a watched one before one that is not, its own before its organization's, the last polled first.</summary>
    private CatalogFeed? FeedOf(long id, List<NameSighting> names)
    {
        var candidates = ReadFeeds("repository_id = ?2 ORDER BY last_polled_at DESC", id).Where(feed => !feed.Address.IsOrganization);
        if (names is [var present, ..])
        {
            var organization = FeedAddress.TryParse($"orgs/{present.Name.Owner}", out var address) ? ReadFeeds("address = ?3", 0, address.ToString()) : [];
            candidates = [.. candidates, .. ReadUnanswered(present.Name), .. organization];
        }

        return candidates.OrderByDescending(feed => feed.IsWatched).FirstOrDefault();
    }

    /// <summary>Which repository a feed of a repository belongs to: the one that answered, else the one last seen under its name.</summary>
    private long? Owner(CatalogFeed feed)
    {
        if (feed.RepositoryId != RepositoryId.None || !feed.Address.IsRepository)
            return feed.RepositoryId == RepositoryId.None ? null : feed.RepositoryId.Value;
        using var select = session.Prepare("SELECT repository_id FROM repository_name WHERE name = ?1 ORDER BY last_seen_at DESC, repository_id");
        select.Bind(1, feed.Address.Repository.FullName);
        while (select.Step())
        {
            if (SqliteNames.Present(session, select.Int64(0)) == feed.Address.Repository)
                return select.Int64(0);
        }

        return null;
    }

    private List<CatalogFeed> ReadUnanswered(RepositoryName name) =>
        ReadFeeds("address = ?3 AND repository_id IS NULL", 0, FeedAddress.OfRepository(name).ToString());

    private List<long> ReadNamedSince(long since)
    {
        using var select = session.Prepare("SELECT DISTINCT repository_id FROM repository_name WHERE stamp > ?1").Bind(1, since);
        return ReadIds(select);
    }

    private IEnumerable<long> ReadOwnedBy(string organization)
    {
        // '0' follows '/' in ASCII, so this is the range of the names that begin with the organization and a slash.
        using var select = session.Prepare("SELECT DISTINCT repository_id FROM repository_name WHERE name >= ?1 AND name < ?2");
        return ReadIds(select.Bind(1, organization + "/").Bind(2, organization + "0"))
            .Where(id => SqliteNames.Present(session, id).Owner.Equals(organization, StringComparison.OrdinalIgnoreCase));
    }

    private List<CatalogFeed> ReadFeeds(string where, long number, string? text = null)
    {
        using var select = session.Prepare(
            $"""
            SELECT id, address, repository_id, state, last_polled_at, next_poll_at,
                EXISTS (SELECT 1 FROM watch_list_feed JOIN watch_list USING (collector) WHERE feed_id IN (feed.id, feed.origin_id) AND registered_at > ?1)
            FROM feed WHERE {where}
            """);
        select.Bind(1, lapsed);
        if (text is null)
            select.Bind(2, number);
        else
            select.Bind(3, text);
        var feeds = new List<CatalogFeed>();
        while (select.Step())
        {
            feeds.Add(new CatalogFeed(
                select.Int64(0),
                SqliteFeeds.ToAddress(select.Text(1)),
                new RepositoryId(select.Int64(2)),
                (RepositoryState)select.Int32(3),
                SqliteFeeds.ToTime(select.NullableInt64(4)),
                SqliteFeeds.ToTime(select.NullableInt64(5)),
                select.Int64(6) != 0));
        }

        return feeds;
    }

    private DateTimeOffset? ReadLastEventAt(long id)
    {
        using var select = session.Prepare("SELECT max(created_at) FROM event INDEXED BY event_by_repository WHERE repository_id = ?1").Bind(1, id);
        return select.Step() ? SqliteFeeds.ToTime(select.NullableInt64(0)) : null;
    }

    private static List<long> ReadIds(SqliteStatement select)
    {
        var ids = new List<long>();
        while (select.Step())
            ids.Add(select.Int64(0));
        return ids;
    }
}
