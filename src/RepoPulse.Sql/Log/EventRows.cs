using RepoPulse.Sql.Sessions;
using RepoPulse.Sql.Repositories;

namespace RepoPulse.Sql.Log;

/// <summary>Makes events of rows of created_at, event_id, repository_id, type_id, and where JSON is asked for dictionary and json.</summary>
internal sealed class EventRows(SqlSession session, SqlEventTypes types, SqlPayloads? payloads, Dictionary<long, RepositoryName> names)
{
    public GitHubEvent Read(SqlStatement row)
    {
        var repositoryId = row.Int64(2);
        if (!names.TryGetValue(repositoryId, out var name))
            names.Add(repositoryId, name = SqlNames.Present(session, repositoryId));
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
