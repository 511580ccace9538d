using System.Globalization;
using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres.Connections;

internal sealed class PostgresDialect : SqlDialect
{
    public override bool HasOneWriter => false;

    public override string EventsOfRepository => "event";

    public override string EventsWithPayload => "event";

    public override string JoinInOrder => "JOIN";

    public override string IsHeld => "NOT (created_at < (SELECT cutoff FROM retention) AND seq <= (SELECT upto FROM retention))";

    public override string NewestPayloads => "SELECT dictionary, json FROM event ORDER BY seq DESC LIMIT ?1";

    /// <summary>A table to be joined: as an array, each row would be compared with all of it.</summary>
    public override string In(string column, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{column} IN (SELECT unnest(?{parameter}::text::bigint[]))");

    public override string List(IEnumerable<long> numbers) => $"{{{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}}}";

    public override void Touch(SqlSession session, IReadOnlyCollection<(long Stamp, long LastSeenAt)> names)
    {
        using var update = session.Prepare(
            """
            UPDATE repository_name SET last_seen_at = seen.at
            FROM unnest(?1::text::bigint[], ?2::text::bigint[]) AS seen (stamp, at)
            WHERE repository_name.stamp = seen.stamp AND last_seen_at < seen.at
            """);
        update.BindIds(this, 1, names.Select(name => name.Stamp)).BindIds(this, 2, names.Select(name => name.LastSeenAt)).Run();
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
        // Names are of letters, digits and four signs, none of which means anything within an array.
        insert.Bind(3, $"{{{string.Join(',', added.Select(row => row.Name))}}}").BindIds(this, 4, added.Select(row => row.LastSeenAt));
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
}
