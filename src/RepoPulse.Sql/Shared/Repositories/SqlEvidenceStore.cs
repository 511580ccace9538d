using RepoPulse.Core.Evidence;

namespace RepoPulse.Sql;

internal sealed class SqlEvidenceStore(SqlDatabase database) : IEvidenceStore
{
    public async ValueTask SaveAsync(
        RepositoryId repository, EvidenceReport report, DateTimeOffset heldSince, CancellationToken cancellationToken)
    {
        var since = Micros.Ceiling(heldSince);
        if (!await database.ReadAsync(session => Differs(session, repository.Value, report, since), cancellationToken))
            return;
        await database.WriteAsync(session => Save(session, repository.Value, report, since), cancellationToken);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        var repositories = await database.ReadAsync(ReadRepositories, cancellationToken);
        if (repositories.Count > 0)
            await database.WriteAsync(session => Clear(session, repositories), cancellationToken);
    }

    /// <summary>Null where the evidence of a repository was never looked at.</summary>
    public static EvidenceCounts? ReadCounts(SqlSession session, long repository)
    {
        using var select = session.Prepare("SELECT links, broken, expected, held FROM evidence WHERE repository_id = ?1");
        return select.Bind(1, repository).Step()
            ? new EvidenceCounts(select.Int64(0), select.Int64(1), select.Int64(2), select.Int64(3))
            : null;
    }

    public static List<EvidenceGap> ReadGaps(SqlSession session, long repository, long since = long.MinValue)
    {
        using var select = session.Prepare(
            "SELECT from_at, to_at, reason FROM evidence_gap WHERE repository_id = ?1 AND from_at >= ?2 ORDER BY from_at, to_at, reason");
        select.Bind(1, repository).Bind(2, since);
        var gaps = new List<EvidenceGap>();
        while (select.Step())
            gaps.Add(new EvidenceGap(Micros.ToTime(select.Int64(0)), Micros.ToTime(select.Int64(1)), select.Text(2)));
        return gaps;
    }

    private static bool Differs(SqlSession session, long repository, EvidenceReport report, long since) =>
        ReadCounts(session, repository) != report.Counts || !ReadGaps(session, repository, since).SequenceEqual(InOrder(report));

    private static IOrderedEnumerable<EvidenceGap> InOrder(EvidenceReport report) =>
        report.Gaps.OrderBy(gap => gap.From).ThenBy(gap => gap.To).ThenBy(gap => gap.Reason, StringComparer.Ordinal);

    private static bool Save(SqlSession session, long repository, EvidenceReport report, long since)
    {
        using (var upsert = session.Prepare(
            """
            INSERT INTO evidence (repository_id, links, broken, expected, held) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (repository_id) DO UPDATE SET
                links = excluded.links, broken = excluded.broken, expected = excluded.expected, held = excluded.held
            """))
        {
            upsert.Bind(1, repository).Bind(2, report.Counts.Links).Bind(3, report.Counts.Broken);
            upsert.Bind(4, report.Counts.Expected).Bind(5, report.Counts.Held).Run();
        }

        // One that began before what is held stays: nothing that is held speaks of it any more.
        using (var delete = session.Prepare("DELETE FROM evidence_gap WHERE repository_id = ?1 AND from_at >= ?2"))
            delete.Bind(1, repository).Bind(2, since).Run();
        using var insert = session.Prepare("INSERT INTO evidence_gap (repository_id, from_at, to_at, reason) VALUES (?1, ?2, ?3, ?4)");
        foreach (var gap in InOrder(report).Distinct())
        {
            insert.Bind(1, repository).Bind(2, Micros.Floor(gap.From)).Bind(3, Micros.Ceiling(gap.To));
            insert.Bind(4, gap.Reason).Run();
        }

        SqlNames.Report(session, repository);
        return true;
    }

    private static List<long> ReadRepositories(SqlSession session)
    {
        using var select = session.Prepare("SELECT repository_id FROM evidence");
        var repositories = new List<long>();
        while (select.Step())
            repositories.Add(select.Int64(0));
        return repositories;
    }

    private static bool Clear(SqlSession session, List<long> repositories)
    {
        foreach (var table in (ReadOnlySpan<string>)["evidence", "evidence_gap"])
        {
            using var delete = session.Prepare($"DELETE FROM {table}");
            delete.Run();
        }

        foreach (var repository in repositories)
            SqlNames.Report(session, repository);
        return true;
    }
}
