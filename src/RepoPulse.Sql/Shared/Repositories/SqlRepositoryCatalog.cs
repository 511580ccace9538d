namespace RepoPulse.Sql;

/// <summary>
/// The catalog, read from what is stored of names and feeds. One change needs no write: that a list lapses. The process that notices it
/// first marks it, so that it has a version like any other change.
/// </summary>
internal sealed class SqlRepositoryCatalog(SqlDatabase database) : IRepositoryCatalog
{
    private long Lapsed => WatchListExpiry.Bound(database.Time.GetUtcNow());

    public async ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken)
    {
        var lapsed = Lapsed;
        if (await database.ReadAsync(session => HasUnmarked(session, lapsed), cancellationToken))
            await database.WriteAsync(session => SqlWatchList.MarkLapsed(session, lapsed), cancellationToken);

        return await database.SnapshotAsync(session => SqlCatalogRows.Read(session, lapsed, version), cancellationToken);
    }

    public ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken) =>
        database.CatalogChanged.WaitAsync(
            token => database.ReadAsync(
                session => session.Last(SqlNumbers.Catalog) > version || HasUnmarked(session, Lapsed), token),
            cancellationToken);

    private static bool HasUnmarked(SqlSession session, long lapsed)
    {
        using var select = session.Prepare("SELECT 1 FROM watch_list WHERE lapsed = 0 AND registered_at <= ?1");
        return select.Bind(1, lapsed).Step();
    }
}
