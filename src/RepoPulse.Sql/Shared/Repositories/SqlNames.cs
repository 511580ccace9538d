using System.Runtime.InteropServices;

namespace RepoPulse.Sql;

/// <summary>
/// Notes the names that a transaction sees. A repository changes for the catalog's readers only where a name is new or another becomes the
/// present one: an event under the known name moves nothing but the time it was last seen.
/// </summary>
internal sealed class SqlNames(SqlSession session)
{
    private readonly Dictionary<(RepositoryId Id, RepositoryName Name), long> _seen = [];

    /// <summary>The name that a repository was last seen under; default where it never had one.</summary>
    public static RepositoryName Present(SqlSession session, long repositoryId)
    {
        using var select = session.Prepare(
            "SELECT name FROM repository_name WHERE repository_id = ?1 ORDER BY last_seen_at DESC, name LIMIT 1");
        return select.Bind(1, repositoryId).Step() ? ToName(select.Text(0)) : default;
    }

    public static RepositoryName ToName(string text) =>
        RepositoryName.TryParse(text, out var name)
            ? name
            : throw new InvalidDataException($"'{text}' is stored as a repository's name and is none.");

    /// <summary>Has the catalog's readers take the repository again.</summary>
    public static void Report(SqlSession session, long repository)
    {
        var version = session.Count(SqlNumbers.Catalog);
        using var bump = session.Prepare(
            """
            UPDATE repository_name SET stamp = ?2 WHERE stamp =
                (SELECT stamp FROM repository_name WHERE repository_id = ?1 ORDER BY last_seen_at DESC, name LIMIT 1)
            """);
        bump.Bind(1, repository).Bind(2, version.Next()).Run();
        version.Save();
        session.CatalogChanged = true;
    }

    public void See(RepositoryId id, RepositoryName name, long at)
    {
        if (name.IsEmpty)
            return;
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, (id, name), out var known);
        last = known ? Math.Max(last, at) : at;
    }

    /// <summary>Writes the observations, and records in the session whether a reader of the catalog has something to learn.</summary>
    public void Save()
    {
        if (_seen.Count == 0)
            return;
        var left = session.Dialect.TouchKnown(
            session, [.. _seen.Select(seen => new SeenName(seen.Key.Id.Value, seen.Key.Name, seen.Value))]);
        if (left.Count == 0)
            return;
        var (touched, news) = Judge(left);
        if (news.Count > 0)
        {
            // Before the first row is written: a transaction that holds rows must not wait for the numbers, which others hold that wait for
            // rows.
            var version = session.Count(SqlNumbers.Catalog);
            if (!session.Dialect.HasOneWriter)
                (touched, news) = Judge(left);
            version.Expect(news.Count);
            session.Dialect.Write(session, [.. news.Select(
                named => new NameRow(named.Row.Stamp, version.Next(), named.Row.RepositoryId, named.Row.Name, named.At))]);
            version.Save();
            session.CatalogChanged |= version.HasMoved;
        }

        if (touched.Count > 0)
            session.Dialect.Touch(session, touched);
    }

    /// <summary>
    /// Separates observations that only move a time, by far the commonest, from those that are news; of what is older than known nothing is
    /// left.
    /// </summary>
    private (List<(long Stamp, SeenName Seen)> Touched, List<(StoredName Row, long At)> News) Judge(IReadOnlyCollection<SeenName> seen)
    {
        var stored = Read(seen).ToLookup(row => row.RepositoryId);
        var touched = new List<(long, SeenName)>();
        var news = new List<(StoredName, long)>();
        foreach (var sighting in seen)
        {
            var (id, name, at) = sighting;
            var (known, newest) = (default(StoredName), long.MinValue);
            foreach (var row in stored[id])
            {
                if (name.FullName.Equals(row.Name, StringComparison.OrdinalIgnoreCase))
                    known = row;
                else
                    newest = Math.Max(newest, row.LastSeenAt);
            }

            if (known.Stamp == 0)
                news.Add((new StoredName(0, id, name.FullName, 0), at));
            else if (known.LastSeenAt >= at)
                continue;
            else if (known.LastSeenAt > newest && known.Name == name.FullName)
                touched.Add((known.Stamp, sighting));
            else
                news.Add((known with { Name = name.FullName }, at));
        }

        return (touched, news);
    }

    private List<StoredName> Read(IReadOnlyCollection<SeenName> seen)
    {
        var dialect = session.Dialect;
        using var select = session.Prepare(
            $"SELECT stamp, repository_id, name, last_seen_at FROM repository_name WHERE {dialect.In("repository_id", 1)}");
        select.BindIds(dialect, 1, seen.Select(name => name.RepositoryId).Distinct());
        var rows = new List<StoredName>();
        while (select.Step())
            rows.Add(new StoredName(select.Int64(0), select.Int64(1), select.Text(2), select.Int64(3)));
        return rows;
    }

    /// <param name="Stamp">The row's key; 0 for one that is not stored yet.</param>
    private readonly record struct StoredName(long Stamp, long RepositoryId, string Name, long LastSeenAt);
}

/// <summary>A name that a repository has or had, as it is to be written.</summary>
/// <param name="Former">The stamp of the row in whose place it comes; 0 for a name that is new.</param>
/// <param name="Stamp">The version of the catalog that reports it.</param>
internal readonly record struct NameRow(long Former, long Stamp, long RepositoryId, string Name, long LastSeenAt);

/// <summary>That a repository had a name at a time.</summary>
internal readonly record struct SeenName(long RepositoryId, RepositoryName Name, long At);
