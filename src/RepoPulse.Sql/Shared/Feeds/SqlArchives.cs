namespace RepoPulse.Sql;

/// <summary>What was imported of archives, and the gaps that it repairs.</summary>
internal static class SqlArchives
{
    /// <summary>Of all public repositories.</summary>
    private const long Everyone = 0;

    /// <summary>Remembers an archive and repairs the gaps that it lies over; says whether there were any.</summary>
    public static bool Note(SqlSession session, ArchiveSpan archive)
    {
        var (from, to) = (Micros.Floor(archive.From), Micros.Floor(archive.To));
        if (from >= to)
            return false;
        var version = session.Count(SqlNumbers.Catalog);
        foreach (var repository in archive.Repositories?.Select(id => id.Value) ?? [Everyone])
            Remember(session, repository, from, to, archive.CapturedAtMost);

        foreach (var (feed, repository) in FeedsWithGaps(session, from, to))
        {
            // An organization's feed has no repository of its own: only an archive of all repairs it.
            if (archive.Repositories is { } only && !only.Contains(repository))
                continue;
            var stored = SqlFeeds.ReadCoverage(session, feed);
            SqlFeeds.SaveCoverage(session, feed, stored, stored.Repair(
                Micros.ToTime(from), Micros.ToTime(to), archive.CapturedAtMost));
            using var bump = session.Prepare("UPDATE feed SET version = ?2 WHERE id = ?1");
            bump.Bind(1, feed).Bind(2, version.Next()).Run();
        }

        version.Save();
        return session.CatalogChanged = version.HasMoved;
    }

    /// <summary>A ledger whose gaps since a time are repaired as far as archives were imported before.</summary>
    public static CoverageLedger Repair(SqlSession session, CoverageLedger ledger, DateTimeOffset since, RepositoryId repository)
    {
        using var select = session.Prepare(
            "SELECT from_at, to_at, captured_at_most FROM archive WHERE repository_id IN (0, ?1) AND to_at > ?2");
        select.Bind(1, repository.Value).Bind(2, Micros.Floor(since));
        while (select.Step())
            {
            ledger = ledger.Repair(
                Later(Micros.ToTime(select.Int64(0)), since), Micros.ToTime(select.Int64(1)), SqlFeeds.ToReal(select, 2));
        }


        return ledger;
    }

    /// <summary>Of which stretches an archive was imported that holds a repository's events.</summary>
    public static IReadOnlyList<ArchiveStretch> Of(SqlSession session, long repository)
    {
        using var select = session.Prepare(
            "SELECT from_at, to_at, captured_at_most FROM archive WHERE repository_id IN (0, ?1) ORDER BY from_at");
        select.Bind(1, repository);
        var stretches = new List<ArchiveStretch>();
        while (select.Step())
        {
            stretches.Add(new ArchiveStretch(
                Micros.ToTime(select.Int64(0)), Micros.ToTime(select.Int64(1)), SqlFeeds.ToReal(select, 2)));
        }

        return stretches;
    }

    /// <summary>
    /// Adds an interval to those of a repository. What it overlaps, or touches with the same bound of what it holds, becomes one with it;
    /// of two archives of one time the better bound counts.
    /// </summary>
    private static void Remember(SqlSession session, long repository, long from, long to, double? captured)
    {
        var (start, end, bound) = (from, to, captured);
        var replaced = new List<long>();
        using (var select = session.Prepare(
            """
            SELECT from_at, to_at, captured_at_most FROM archive WHERE repository_id = ?1 AND from_at <= ?3 AND to_at >= ?2 ORDER BY from_at
            """))
        {
            select.Bind(1, repository).Bind(2, from).Bind(3, to);
            while (select.Step())
            {
                var (otherFrom, otherTo, other) = (select.Int64(0), select.Int64(1), SqlFeeds.ToReal(select, 2));
                if (other != captured && (otherFrom >= to || otherTo <= from))
                    continue;
                (start, end) = (Math.Min(start, otherFrom), Math.Max(end, otherTo));
                bound = other is null || bound is null ? null : Math.Max(bound.Value, other.Value);
                replaced.Add(otherFrom);
            }
        }

        using (var delete = session.Prepare("DELETE FROM archive WHERE repository_id = ?1 AND from_at = ?2"))
        {
            foreach (var other in replaced)
                delete.Bind(1, repository).Bind(2, other).Run();
        }

        using var insert = session.Prepare("INSERT INTO archive (repository_id, from_at, to_at, captured_at_most) VALUES (?1, ?2, ?3, ?4)");
        insert.Bind(1, repository).Bind(2, start).Bind(3, end).BindReal(4, bound).Run();
    }

    private static List<(long Feed, RepositoryId Repository)> FeedsWithGaps(SqlSession session, long from, long to)
    {
        using var select = session.Prepare(
            """
            SELECT DISTINCT feed.id, repository_id FROM coverage JOIN feed ON feed.id = feed_id
            WHERE coverage.state = ?1 AND from_at < ?3 AND to_at > ?2
            """);
        select.Bind(1, (long)CoverageState.Gap).Bind(2, from).Bind(3, to);
        var feeds = new List<(long, RepositoryId)>();
        while (select.Step())
            feeds.Add((select.Int64(0), new RepositoryId(select.Int64(1))));
        return feeds;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
