using RepoPulse.Core.Evidence;

namespace RepoPulse.Sql;

/// <summary>Asks the database each time: for a few repositories.</summary>
/// <param name="lapsed">Lists registered at or before this time have lapsed.</param>
internal sealed class CatalogQueries(SqlSession session, long lapsed) : ICatalogRows
{
    public IReadOnlyList<NameObservation> NamesOf(long repository)
    {
        using var select = session.Prepare(
            "SELECT name, last_seen_at FROM repository_name WHERE repository_id = ?1 ORDER BY last_seen_at DESC, name");
        select.Bind(1, repository);
        var names = new List<NameObservation>();
        while (select.Step())
            names.Add(new NameObservation(SqlNames.ToName(select.Text(0)), Micros.ToTime(select.Int64(1))));
        return names;
    }

    public IReadOnlyList<long> RepositoriesNamed(RepositoryName name)
    {
        using var select = session.Prepare(
            "SELECT repository_id FROM repository_name WHERE name = ?1 ORDER BY last_seen_at DESC, repository_id");
        return ReadIds(select.Bind(1, name.FullName));
    }

    public IReadOnlyList<long> EverOwnedBy(string owner)
    {
        // '0' follows '/' in ASCII, so this is the range of the names that begin with the owner and a slash.
        using var select = session.Prepare("SELECT DISTINCT repository_id FROM repository_name WHERE name >= ?1 AND name < ?2");
        return ReadIds(select.Bind(1, owner + "/").Bind(2, owner + "0"));
    }

    public IReadOnlyList<CatalogFeed> FeedsOf(long repository) =>
        CatalogFeedQueries.Read(session, lapsed, "repository_id = ?2", repository);

    public CatalogFeed? FeedAt(FeedAddress address) => CatalogFeedQueries.Find(session, lapsed, address);

    public bool IsPrivate(long repository) => SqlVisibility.IsPrivate(session, repository);

    public CoverageLedger CoverageOf(long feed) => SqlFeeds.ReadCoverage(session, feed);

    public EvidenceCounts? EvidenceOf(long repository) => SqlEvidenceStore.ReadCounts(session, repository);

    public IReadOnlyList<EvidenceGap> EvidenceGapsOf(long repository) => SqlEvidenceStore.ReadGaps(session, repository);

    public IReadOnlyList<ArchiveStretch> ArchivesOf(long repository) => SqlArchives.Of(session, repository);

    public DateTimeOffset? LastEventOf(long repository) =>
        session.Dialect.LastEvents(session, [repository]).TryGetValue(repository, out var at) ? Micros.ToTime(at) : null;

    private static List<long> ReadIds(SqlStatement select)
    {
        var ids = new List<long>();
        while (select.Step())
            ids.Add(select.Int64(0));
        return ids;
    }
}
