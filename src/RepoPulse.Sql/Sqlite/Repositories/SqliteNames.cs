using System.Runtime.InteropServices;
using RepoPulse.Sql.Sqlite.Connections;

namespace RepoPulse.Sql.Sqlite.Repositories;

/// <summary>
/// Notes the names that a transaction sees. A repository changes for the catalog's readers only where a name is new or another becomes the
/// present one: an event under the known name moves nothing but the time it was last seen.
/// </summary>
internal sealed class SqliteNames(SqliteSession session)
{
    private readonly Dictionary<(RepositoryId Id, RepositoryName Name), long> _seen = [];

    /// <summary>The name that a repository was last seen under; default where it never had one.</summary>
    public static RepositoryName Present(SqliteSession session, long repositoryId)
    {
        using var select = session.Prepare(
            "SELECT name FROM repository_name WHERE repository_id = ?1 ORDER BY last_seen_at DESC, name LIMIT 1").Bind(1, repositoryId);
        return select.Step() ? ToName(select.Text(0)) : default;
    }

    public static List<NameSighting> All(SqliteSession session, long repositoryId)
    {
        using var select = session.Prepare(
            "SELECT name, last_seen_at FROM repository_name WHERE repository_id = ?1 ORDER BY last_seen_at DESC, name").Bind(1, repositoryId);
        var names = new List<NameSighting>();
        while (select.Step())
            names.Add(new NameSighting(ToName(select.Text(0)), Micros.ToTime(select.Int64(1))));
        return names;
    }

    public static RepositoryName ToName(string text) =>
        RepositoryName.TryParse(text, out var name) ? name : throw new InvalidDataException($"'{text}' is stored as a repository's name and is none.");

    public void See(RepositoryId id, RepositoryName name, long at)
    {
        if (name.IsEmpty)
            return;
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, (id, name), out var known);
        last = known ? Math.Max(last, at) : at;
    }

    /// <summary>Writes the sightings, and says whether a reader of the catalog has something to learn.</summary>
    public bool Save()
    {
        if (_seen.Count == 0)
            return false;
        var version = new SqliteCounter(session, SqliteCounter.Catalog);
        foreach (var ((id, name), at) in _seen)
            Save(id.Value, name, at, version);
        version.Save();
        return version.HasMoved;
    }

    private void Save(long repositoryId, RepositoryName name, long at, SqliteCounter version)
    {
        var known = Find(repositoryId, name);
        if (known.Stamp == 0)
        {
            using var insert = session.Prepare("INSERT INTO repository_name (stamp, repository_id, name, last_seen_at) VALUES (?1, ?2, ?3, ?4)");
            insert.Bind(1, version.Next()).Bind(2, repositoryId).Bind(3, name.FullName).Bind(4, at).Run();
        }
        else if (known.LastSeenAt < at && known.TellsNothing)
        {
            // By far the commonest, and apart because it touches neither the key nor an index.
            using var update = session.Prepare("UPDATE repository_name SET last_seen_at = ?2 WHERE stamp = ?1");
            update.Bind(1, known.Stamp).Bind(2, at).Run();
        }
        else if (known.LastSeenAt < at)
        {
            using var update = session.Prepare("UPDATE repository_name SET stamp = ?2, name = ?3, last_seen_at = ?4 WHERE stamp = ?1");
            update.Bind(1, known.Stamp).Bind(2, version.Next()).Bind(3, name.FullName).Bind(4, at).Run();
        }
    }

    /// <summary>The row of a name (stamp 0 where there is none), and whether a later sighting of it tells readers nothing: it is the present one, in this case.</summary>
    private (long Stamp, long LastSeenAt, bool TellsNothing) Find(long repositoryId, RepositoryName name)
    {
        using var select = session.Prepare("SELECT stamp, name, last_seen_at FROM repository_name WHERE repository_id = ?1").Bind(1, repositoryId);
        var (stamp, lastSeenAt, sameCase, newest) = (0L, 0L, false, long.MinValue);
        while (select.Step())
        {
            var (stored, seenAt) = (select.Text(1), select.Int64(2));
            if (name.FullName.Equals(stored, StringComparison.OrdinalIgnoreCase))
                (stamp, lastSeenAt, sameCase) = (select.Int64(0), seenAt, name.FullName.Equals(stored, StringComparison.Ordinal));
            else
                newest = Math.Max(newest, seenAt);
        }

        return (stamp, lastSeenAt, sameCase && lastSeenAt > newest);
    }
}
