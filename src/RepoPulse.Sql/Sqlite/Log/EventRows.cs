using RepoPulse.Sql.Sqlite.Connections;
using RepoPulse.Sql.Sqlite.Repositories;

namespace RepoPulse.Sql.Sqlite.Log;

/// <summary>Makes events of rows of created_at, event_id, repository_id, type_id, and where JSON is asked for dictionary and json.</summary>
internal sealed class EventRows(SqliteSession session, SqliteEventTypes types, SqlitePayloads? payloads, Dictionary<long, RepositoryName> names)
{
    public GitHubEvent Read(SqliteStatement row)
    {
        var repositoryId = row.Int64(2);
        if (!names.TryGetValue(repositoryId, out var name))
            names.Add(repositoryId, name = SqliteNames.Present(session, repositoryId));
        return new GitHubEvent
        {
            Key = new EventKey(EventId.FromValue(row.Int64(1)), Micros.ToTime(row.Int64(0))),
            Type = types.Get(session, row.Int64(3)),
            RepositoryId = new RepositoryId(repositoryId),
            Repository = name,
            Json = payloads is null ? default : payloads.Decompress(session, row.Int32(4), row.Blob(5)),
        };
    }
}
