using System.Globalization;

namespace RepoPulse.Sql.Postgres;

internal sealed class PostgresDialect : SqlDialect
{
    /// <summary><see cref="IsHeld"/>.</summary>
    public const string Held = "NOT (created_at < (SELECT cutoff FROM retention) AND seq <= (SELECT upto FROM retention))";

    public override bool HasOneWriter => false;

    public override string EventsOfRepository => "event";

    public override string EventsByTime => "event";

    public override string EventsWithPayload => "event";

    public override string JoinInOrder => "JOIN";

    public override string IsHeld => Held;

    public override string NewestPayloads => "SELECT dictionary, json FROM event ORDER BY seq DESC LIMIT ?1";

    /// <summary>A table to be joined: as an array, each row would be compared with all of it.</summary>
    public override string In(string column, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{column} IN (SELECT unnest(?{parameter}::text::bigint[]))");

    public override string List(IEnumerable<long> numbers) =>
        $"{{{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}}}";

    public override void Touch(SqlSession session, IReadOnlyCollection<(long Stamp, SeenName Seen)> names)
    {
        using var update = session.Prepare(
            """
            UPDATE repository_name SET last_seen_at = seen.at
            FROM unnest(?1::text::bigint[], ?2::text::bigint[]) AS seen (stamp, at)
            WHERE repository_name.stamp = seen.stamp AND last_seen_at < seen.at
            """);
        update.BindIds(this, 1, names.Select(name => name.Stamp)).BindIds(this, 2, names.Select(name => name.Seen.At)).Run();
        foreach (var (_, seen) in names)
            ((PostgresSession)session).Names.Add(seen.RepositoryId, seen.Name.FullName);
    }

    public override IReadOnlyCollection<SeenName> TouchKnown(SqlSession session, IReadOnlyCollection<SeenName> seen)
    {
        // A transaction that may have changes to publish must not hold rows before the lock of the catalog.
        var known = ((PostgresSession)session).Names;
        if (seen.Any(name => !known.Contains(name.RepositoryId, name.Name.FullName)))
            return seen;
        // The present name in the case that is known. Compared byte by byte for that, after the index has found it in any case.
        using var update = session.Prepare(
            """
            UPDATE repository_name AS known SET last_seen_at = greatest(last_seen_at, seen.at)
            FROM unnest(?1::text::bigint[], ?2::text::text[], ?3::text::bigint[]) AS seen (repository_id, name, at)
            WHERE known.repository_id = seen.repository_id AND known.name = seen.name COLLATE nocase AND known.name COLLATE "C" = seen.name
                AND NOT EXISTS (
                    SELECT 1 FROM repository_name AS other
                    WHERE other.repository_id = known.repository_id AND other.stamp <> known.stamp AND other.last_seen_at >= known.last_seen_at)
            RETURNING known.repository_id, known.name
            """);
        update.BindIds(this, 1, seen.Select(name => name.RepositoryId)).Bind(2, Names(seen.Select(name => name.Name.FullName)));
        update.BindIds(this, 3, seen.Select(name => name.At));
        var done = new HashSet<(long, RepositoryName)>();
        while (update.Step())
            done.Add((update.Int64(0), SqlNames.ToName(update.Text(1))));
        return done.Count == seen.Count ? [] : [.. seen.Where(name => !done.Contains((name.RepositoryId, name.Name)))];
    }

    public override void Write(SqlSession session, IReadOnlyCollection<NameRow> names)
    {
        NameRow[] added = [.. names.Where(row => row.Former == 0)];
        using var insert = session.Prepare(
            """
            INSERT INTO repository_name (stamp, repository_id, name, last_seen_at)
            SELECT * FROM unnest(?1::text::bigint[], ?2::text::bigint[], ?3::text::text[], ?4::text::bigint[])
            """);
        insert.BindIds(this, 1, added.Select(row => row.Stamp)).BindIds(this, 2, added.Select(row => row.RepositoryId));
        insert.Bind(3, Names(added.Select(row => row.Name))).BindIds(this, 4, added.Select(row => row.LastSeenAt));
        if (added.Length > 0)
            insert.Run();
        using var update = session.Prepare("UPDATE repository_name SET stamp = ?2, name = ?3, last_seen_at = ?4 WHERE stamp = ?1");
        foreach (var row in names.Where(row => row.Former != 0))
            update.Bind(1, row.Former).Bind(2, row.Stamp).Bind(3, row.Name).Bind(4, row.LastSeenAt).Run();
    }

    public override void Delete(SqlSession session, long sequence)
    {
        using var delete = session.Prepare("DELETE FROM event WHERE seq = ?1");
        delete.Bind(1, sequence).Run();
    }

    public override Dictionary<long, long> LastEvents(SqlSession session, IReadOnlyCollection<long>? repositories)
    {
        // For each from the newest part backwards, until one is found.
        using var select = session.Prepare(
            $"""
            SELECT id, (SELECT created_at FROM event WHERE repository_id = id AND {IsHeld} ORDER BY created_at DESC LIMIT 1)
            FROM {(repositories is null ? "(SELECT DISTINCT repository_id FROM repository_name)" : "unnest(?1::text::bigint[])")} AS wanted (id)
            """);
        if (repositories is not null)
            select.BindIds(this, 1, repositories);
        var last = new Dictionary<long, long>();
        while (select.Step())
        {
            if (select.NullableInt64(1) is { } at)
                last[select.Int64(0)] = at;
        }

        return last;
    }

    /// <summary>Names are of letters, digits and four signs, none of which means anything within an array.</summary>
    private static string Names(IEnumerable<string> names) => $"{{{string.Join(',', names)}}}";
}
