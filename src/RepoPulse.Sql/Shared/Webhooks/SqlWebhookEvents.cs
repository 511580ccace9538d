namespace RepoPulse.Sql;

/// <summary>The table of what webhooks reported, and of what stands for it in the log.</summary>
internal sealed class SqlWebhookEvents(SqlSession session)
{
    /// <summary>Between which times those lie that no polled event has taken the place of; an empty range where there are none.</summary>
    public (long Oldest, long Newest) OpenRange()
    {
        // Apart, because SQLite finds one end of an index at a time.
        using var select = session.Prepare(
            """
            SELECT (SELECT min(created_at) FROM webhook_event INDEXED BY webhook_event_open WHERE superseded = 0),
                (SELECT max(created_at) FROM webhook_event INDEXED BY webhook_event_open WHERE superseded = 0)
            """);
        return select.Step() && select.NullableInt64(0) is { } oldest ? (oldest, select.Int64(1)) : (long.MaxValue, long.MinValue / 2);
    }

    public List<OpenWebhookEvent> ReadOpen(long repositoryId, long from, long to)
    {
        using var select = session.Prepare(
            """
            SELECT created_at, event_id, natural_key, seq FROM webhook_event
            WHERE repository_id = ?1 AND created_at BETWEEN ?2 AND ?3 AND superseded = 0
            ORDER BY created_at, event_id
            """);
        select.Bind(1, repositoryId).Bind(2, from).Bind(3, to);
        var rows = new List<OpenWebhookEvent>();
        while (select.Step())
            rows.Add(new OpenWebhookEvent(select.Int64(0), select.Int64(1), select.Int64(2), select.Int64(3)));
        return rows;
    }

    /// <summary>Whether a webhook reported this very event before: several hooks may, and none of them may know the exact time.</summary>
    public bool Knows(in GitHubEvent e, long from, long to)
    {
        using var select = session.Prepare(
            "SELECT 1 FROM webhook_event WHERE repository_id = ?1 AND created_at BETWEEN ?2 AND ?3 AND event_id = ?4");
        return select.Bind(1, e.RepositoryId.Value).Bind(2, from).Bind(3, to).Bind(4, e.Key.Id.Value).Step();
    }

    /// <summary>Whether a polled event stands for a webhook's already.</summary>
    public bool IsMatched(long sequence)
    {
        using var select = session.Prepare(
            "SELECT 1 FROM webhook_event INDEXED BY webhook_event_superseded WHERE seq = ?1 AND superseded = 1");
        return select.Bind(1, sequence).Step();
    }

    public void Add(in GitHubEvent e, long createdAt, NaturalKey key, long sequence, bool superseded)
    {
        using var insert = session.Prepare(
            "INSERT INTO webhook_event (repository_id, created_at, event_id, natural_key, seq, superseded) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        insert.Bind(1, e.RepositoryId.Value).Bind(2, createdAt).Bind(3, e.Key.Id.Value).Bind(4, key.Value).Bind(5, sequence);
        insert.Bind(6, superseded ? 1 : 0).Run();
    }

    public void Supersede(long repositoryId, OpenWebhookEvent row, long sequence)
    {
        using var update = session.Prepare(
            "UPDATE webhook_event SET seq = ?4, superseded = 1 WHERE repository_id = ?1 AND created_at = ?2 AND event_id = ?3");
        update.Bind(1, repositoryId).Bind(2, row.CreatedAt).Bind(3, row.EventId).Bind(4, sequence).Run();
    }
}

/// <summary>A webhook's event that stands in the log itself.</summary>
internal readonly record struct OpenWebhookEvent(long CreatedAt, long EventId, long NaturalKey, long Sequence);
