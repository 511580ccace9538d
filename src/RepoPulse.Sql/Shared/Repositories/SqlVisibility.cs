namespace RepoPulse.Sql;

/// <summary>Notes which repositories are private, as their events say: rarely anything, and then for the catalog's readers too.</summary>
internal static class SqlVisibility
{
    private static readonly EventType MadePublic = EventType.Parse("PublicEvent");

    /// <summary>Whether an event says anything of its repository's visibility that need be noted.</summary>
    public static bool SaysAnything(in GitHubEvent e) => e.IsPrivate || e.Type == MadePublic;

    /// <summary>Whether a repository's events last said that it is private.</summary>
    public static bool IsPrivate(SqlSession session, long repository)
    {
        using var select = session.Prepare("SELECT 1 FROM private_repository WHERE repository_id = ?1");
        return select.Bind(1, repository).Step();
    }

    /// <param name="events">Those that say something.</param>
    public static void Note(SqlSession session, IReadOnlyList<GitHubEvent> events)
    {
        foreach (var e in events.OrderBy(e => e.Key.CreatedAt))
        {
            var at = Micros.Floor(e.Key.CreatedAt);
            var changed = e.IsPrivate ? MarkPrivate(session, e.RepositoryId.Value, at) : MarkPublic(session, e.RepositoryId.Value, at);
            if (changed)
                SqlNames.Report(session, e.RepositoryId.Value);
        }
    }

    private static bool MarkPrivate(SqlSession session, long repository, long at)
    {
        var isKnown = IsPrivate(session, repository);
        using var upsert = session.Prepare(
            """
            INSERT INTO private_repository (repository_id, seen_at) VALUES (?1, ?2)
            ON CONFLICT (repository_id) DO UPDATE SET seen_at = excluded.seen_at WHERE private_repository.seen_at < excluded.seen_at
            """);
        upsert.Bind(1, repository).Bind(2, at).Run();
        return !isKnown;
    }

    private static bool MarkPublic(SqlSession session, long repository, long at)
    {
        using var delete = session.Prepare("DELETE FROM private_repository WHERE repository_id = ?1 AND seen_at <= ?2");
        return delete.Bind(1, repository).Bind(2, at).Run() > 0;
    }
}
