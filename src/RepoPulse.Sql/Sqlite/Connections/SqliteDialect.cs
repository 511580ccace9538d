using System.Globalization;

namespace RepoPulse.Sql.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    public override bool HasOneWriter => true;

    public override string EventsOfRepository => "event INDEXED BY event_by_repository JOIN payload USING (seq)";

    public override string EventsByTime => "event INDEXED BY event_by_key CROSS JOIN payload USING (seq)";

    public override string EventsWithPayload => "event JOIN payload USING (seq)";

    public override string JoinInOrder => "CROSS JOIN";

    /// <summary>Retention deletes row by row: what it removed is not there.</summary>
    public override string IsHeld => "TRUE";

    public override string NewestPayloads => "SELECT dictionary, json FROM payload ORDER BY seq DESC LIMIT ?1";

    public override string In(string column, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{column} IN (SELECT value FROM json_each(?{parameter}))");

    public override string List(IEnumerable<long> numbers) =>
        $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";

    public override void Touch(SqlSession session, IReadOnlyCollection<(long Stamp, SeenName Seen)> names)
    {
        using var update = session.Prepare("UPDATE repository_name SET last_seen_at = ?2 WHERE stamp = ?1");
        foreach (var (stamp, seen) in names)
            update.Bind(1, stamp).Bind(2, seen.At).Run();
    }

    public override void Write(SqlSession session, IReadOnlyCollection<NameRow> names)
    {
        using var insert = session.Prepare(
            "INSERT INTO repository_name (stamp, repository_id, name, last_seen_at) VALUES (?1, ?2, ?3, ?4)");
        using var update = session.Prepare("UPDATE repository_name SET stamp = ?1, name = ?3, last_seen_at = ?4 WHERE stamp = ?2");
        foreach (var row in names)
        {
            var write = row.Former == 0 ? insert : update;
            write.Bind(1, row.Stamp)
                .Bind(2, row.Former == 0 ? row.RepositoryId : row.Former)
                .Bind(3, row.Name)
                .Bind(4, row.LastSeenAt)
                .Run();
        }
    }

    public override void Delete(SqlSession session, long sequence)
    {
        using var deletePayload = session.Prepare("DELETE FROM payload WHERE seq = ?1");
        using var deleteEvent = session.Prepare("DELETE FROM event WHERE seq = ?1");
        deletePayload.Bind(1, sequence).Run();
        deleteEvent.Bind(1, sequence).Run();
    }

    public override Dictionary<long, long> LastEvents(SqlSession session, IReadOnlyCollection<long>? repositories)
    {
        // Repository by repository: the newest of each is at the end of its range of the index, and there is no need to go through all of
        // it.
        var last = new Dictionary<long, long>();
        using var select = session.Prepare("SELECT max(created_at) FROM event INDEXED BY event_by_repository WHERE repository_id = ?1");
        foreach (var id in repositories ?? ReadRepositories(session))
        {
            if (select.Bind(1, id).Step() && select.NullableInt64(0) is { } at)
                last[id] = at;
            select.Reset();
        }

        return last;
    }

    private static List<long> ReadRepositories(SqlSession session)
    {
        using var select = session.Prepare("SELECT DISTINCT repository_id FROM repository_name");
        var ids = new List<long>();
        while (select.Step())
            ids.Add(select.Int64(0));
        return ids;
    }
}
