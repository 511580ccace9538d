using RepoPulse.Sql.Feeds;
using RepoPulse.Sql.Sqlite.Connections;
using RepoPulse.Sql.Sqlite.Feeds;

namespace RepoPulse.Sql.Sqlite.Repositories;

/// <summary>
/// The catalog, read from what is stored of names and feeds. One change needs no write: that a list lapses. Whoever notices it first marks it,
/// so that it has a version like any other change.
/// </summary>
internal sealed class SqliteRepositoryCatalog(SqliteDatabase database) : IRepositoryCatalog
{
    private long Lapsed => WatchListLapse.Bound(database.Time.GetUtcNow());

    public async ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken)
    {
        var lapsed = Lapsed;
        if (await database.ReadAsync(session => HasUnmarked(session, lapsed), cancellationToken))
        {
            if (await database.WriteAsync(session => SqliteWatchList.MarkLapsed(session, lapsed), cancellationToken))
                database.CatalogChanged.Set();
        }

        return await database.ReadAsync(
            session => session.Snapshot(snapshot => new SqliteCatalogReader(snapshot, lapsed).Read(version)), cancellationToken);
    }

    public ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken) =>
        database.CatalogChanged.WaitAsync(
            token => database.ReadAsync(
                session => SqliteCounter.Read(session, SqliteCounter.Catalog) > version || HasUnmarked(session, Lapsed), token),
            cancellationToken);

    private static bool HasUnmarked(SqliteSession session, long lapsed)
    {
        using var select = session.Prepare("SELECT 1 FROM watch_list WHERE lapsed = 0 AND registered_at <= ?1").Bind(1, lapsed);
        return select.Step();
    }
}
