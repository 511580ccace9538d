namespace RepoPulse.Sql;

/// <summary>
/// Sees to it within an append that what a webhook and a poll both report is held once, in the polled form. Several occurrences may have
/// one key: each is matched with the one nearest in time that is not matched yet.
/// </summary>
internal sealed class SqlMerging(SqlSession session, SqlPayloads payloads)
{
    private static readonly long Longest = (long)MergeTolerance.Longest.TotalMicroseconds;

    private readonly SqlWebhookEvents _webhookEvents = new(session);
    private (long Oldest, long Newest)? _open;

    /// <summary>
    /// Whether a webhook's event is held: by an event that a webhook brought before, or by a polled one, which from then on stands for it.
    /// Asked before it is appended.
    /// </summary>
    public bool Holds(in GitHubEvent e, long createdAt, long typeId)
    {
        if (!e.Key.Id.IsWebhook || !NaturalKeyReader.TryRead(e, out var key))
            return false;
        var tolerance = Tolerance(e);
        if (_webhookEvents.Knows(e, createdAt - tolerance, createdAt + tolerance))
            return true;
        if (FindPolled(e, key, createdAt, tolerance, typeId) is not { } polled)
            return false;
        _webhookEvents.Add(e, createdAt, key, polled, superseded: true);
        return true;
    }

    /// <summary>
    /// Takes note of an event that was appended: of a webhook's, so that it is found once the same is polled; and of every other whether it
    /// takes the place of a webhook's, which is what is returned.
    /// </summary>
    public bool Appended(in GitHubEvent e, long createdAt, long sequence)
    {
        if (!e.Key.Id.IsWebhook)
            return Supersede(e, createdAt, sequence);
        if (NaturalKeyReader.TryRead(e, out var key))
        {
            _webhookEvents.Add(e, createdAt, key, sequence, superseded: false);
            _open = null;
        }

        return false;
    }

    private bool Supersede(in GitHubEvent e, long createdAt, long sequence)
    {
        // Where no webhook's event is near in time, as in every append of an installation without webhooks, this is all.
        var (oldest, newest) = _open ??= _webhookEvents.OpenRange();
        if (createdAt < oldest - Longest || createdAt > newest + Longest)
            return false;

        var tolerance = Tolerance(e);
        var near = _webhookEvents.ReadOpen(e.RepositoryId.Value, createdAt - tolerance, createdAt + tolerance);
        if (near.Count == 0 || !NaturalKeyReader.TryRead(e, out var key))
            return false;
        near.RemoveAll(row => row.NaturalKey != key.Value);
        if (near.Count == 0)
            return false;
        var nearest = near.MinBy(row => Math.Abs(row.CreatedAt - createdAt));
        session.Dialect.Delete(session, nearest.Sequence);
        _webhookEvents.Supersede(e.RepositoryId.Value, nearest, sequence);
        return true;
    }

    private static long Tolerance(in GitHubEvent e) => (long)MergeTolerance.Of(e.Type).TotalMicroseconds;

    /// <summary>The row of the event that reports the same occurrence in the polled form and stands for no webhook's yet.</summary>
    private long? FindPolled(in GitHubEvent e, NaturalKey key, long createdAt, long tolerance, long typeId)
    {
        using var select = session.Prepare(
            $"""
            SELECT seq, created_at, event_id, dictionary, json
            FROM {session.Dialect.EventsOfRepository}
            WHERE repository_id = ?1 AND created_at BETWEEN ?2 AND ?3 AND type_id = ?4
            ORDER BY abs(created_at - ?5), seq
            """);
        select.Bind(1, e.RepositoryId.Value).Bind(2, createdAt - tolerance).Bind(3, createdAt + tolerance).Bind(4, typeId).Bind(
            5, createdAt);
        while (select.Step())
        {
            if (EventId.FromValue(select.Int64(2)).IsWebhook)
                continue;
            var polled = e with { Json = payloads.Decompress(session, select.Int32(3), select.Blob(4)) };
            if (NaturalKeyReader.TryRead(polled, out var other) && other == key && !_webhookEvents.IsMatched(select.Int64(0)))
                return select.Int64(0);
        }

        return null;
    }
}
