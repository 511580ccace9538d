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
        using var select = session.Prepare(
            "SELECT stamp, name, last_seen_at FROM repository_name WHERE repository_id = ?1 ORDER BY last_seen_at DESC, name").Bind(1, repositoryId);
        for (var isPresent = true; select.Step(); isPresent = false)
        {
            var stored = select.Text(1);
            if (!name.FullName.Equals(stored, StringComparison.OrdinalIgnoreCase))
                continue;
            if (select.Int64(2) >= at)
                return;
            var stamp = select.Int64(0);
            select.Reset();
            var tells = !isPresent || !name.FullName.Equals(stored, StringComparison.Ordinal);
            using var update = session.Prepare("UPDATE repository_name SET stamp = ?2, name = ?3, last_seen_at = ?4 WHERE stamp = ?1");
            update.Bind(1, stamp).Bind(2, tells ? version.Next() : stamp).Bind(3, name.FullName).Bind(4, at).Run();
            return;
        }

        select.Reset();
        using var insert = session.Prepare("INSERT INTO repository_name (stamp, repository_id, name, last_seen_at) VALUES (?1, ?2, ?3, ?4)");
        insert.Bind(1, version.Next()).Bind(2, repositoryId).Bind(3, name.FullName).Bind(4, at).Run();
    }
}
