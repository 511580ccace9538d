namespace RepoPulse.Sql;

/// <summary>Reads what of the catalog changed out of what is stored.</summary>
internal static class SqlCatalogRows
{
    /// <summary>From so many changes on it is cheaper to read every table once than to ask of each.</summary>
    private const int Many = 200;

    /// <summary>Reads what changed after a version, within one snapshot.</summary>
    /// <param name="lapsed">Lists registered at or before this time have lapsed.</param>
    public static CatalogChanges Read(SqlSession session, long lapsed, long since)
    {
        var version = session.Last(SqlNumbers.Catalog);
        if (since >= version)
            return new CatalogChanges([], since);
        var named = ReadNamedSince(session, since);
        var feeds = CatalogFeedQueries.Read(session, lapsed, "version > ?2", since);
        ICatalogRows rows = named.Count + feeds.Count > Many ? new CatalogTables(session, lapsed) : new CatalogQueries(session, lapsed);
        var catalog = new CatalogAssembler(rows);
        foreach (var id in named)
            catalog.Add(id);
        foreach (var feed in feeds)
            catalog.Add(feed, tellUnwatched: since > 0);
        return new CatalogChanges(catalog.Repositories, version);
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
}
