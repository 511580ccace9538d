using System.Text.Json;
using System.Text.Json.Serialization;

namespace RepoPulse.Sql;

/// <summary>The rows of feeds and of their coverage.</summary>
internal static class SqlFeeds
{
    /// <summary>The row of a feed, which is made if need be. The address takes the case in which it was last given.</summary>
    public static long GetOrAdd(SqlSession session, FeedAddress feed, long version)
    {
        using (var select = session.Prepare("SELECT id, address FROM feed WHERE address = ?1"))
        {
            select.Bind(1, feed.ToString());
            if (select.Step())
            {
                var known = select.Int64(0);
                if (select.Text(1) == feed.ToString())
                    return known;
                using var update = session.Prepare("UPDATE feed SET address = ?2, version = ?3 WHERE id = ?1");
                select.Reset();
                update.Bind(1, known).Bind(2, feed.ToString()).Bind(3, version).Run();
                return known;
            }
        }

        using var insert = session.Prepare("INSERT INTO feed (version, address, state) VALUES (?1, ?2, ?3) RETURNING id");
        insert.Bind(1, version).Bind(2, feed.ToString()).Bind(3, (long)RepositoryState.Watching).Step();
        return insert.Int64(0);
    }

    /// <summary>The repository that a feed was last seen to belong to.</summary>
    public static RepositoryId RepositoryOf(SqlSession session, long id)
    {
        using var select = session.Prepare("SELECT repository_id FROM feed WHERE id = ?1");
        select.Bind(1, id);
        return select.Step() ? new RepositoryId(select.Int64(0)) : RepositoryId.None;
    }

    /// <summary>
    /// The row for another repository that has a feed's name now. The former one keeps its row, with cursor and coverage, under its id, and
    /// is watched as long as the name is: so the histories of the two never mix, and neither is lost.
    /// </summary>
    public static long Succeed(SqlSession session, long former, RepositoryId formerRepository, FeedAddress feed, long version)
    {
        var byId = FeedAddress.OfRepositoryId(formerRepository).ToString();
        // It lost a name before: what was kept of it then is older.
        using (var delete = session.Prepare("DELETE FROM coverage WHERE feed_id = (SELECT id FROM feed WHERE address = ?1)"))
            delete.Bind(1, byId).Run();
        using (var delete = session.Prepare("DELETE FROM feed WHERE address = ?1"))
            delete.Bind(1, byId).Run();
        using (var retire = session.Prepare("UPDATE feed SET address = ?2, version = ?3 WHERE id = ?1"))
            retire.Bind(1, former).Bind(2, byId).Bind(3, version).Run();
        var successor = GetOrAdd(session, feed, version);
        using (var follow = session.Prepare("UPDATE feed SET origin_id = ?2 WHERE id = ?1 OR origin_id = ?1"))
            follow.Bind(1, former).Bind(2, successor).Run();
        using var lists = session.Prepare("UPDATE watch_list_feed SET feed_id = ?2 WHERE feed_id = ?1");
        lists.Bind(1, former).Bind(2, successor).Run();
        return successor;
    }

    public static FeedAddress ToAddress(string text) =>
        FeedAddress.TryParse(text, out var feed) ? feed : throw new InvalidDataException($"'{text}' is stored as a feed and is none.");

    public static FeedCursor ReadCursor(SqlSession session, FeedAddress feed)
    {
        using var select = session.Prepare(
            "SELECT repository_id, state, last_polled_at, next_poll_at, cursor, last_sweep FROM feed WHERE address = ?1");
        select.Bind(1, feed.ToString());
        if (!select.Step())
            return new FeedCursor();
        var document = select.NullableText(4) is { } json ? JsonSerializer.Deserialize(json, FeedJsonContext.Default.CursorDocument) : null;
        return (document ?? new CursorDocument()).ToCursor() with
        {
            RepositoryId = new RepositoryId(select.Int64(0)),
            State = (RepositoryState)select.Int32(1),
            LastPolledAt = ToTime(select.NullableInt64(2)),
            NextPollAt = ToTime(select.NullableInt64(3)),
            Known = SweepKeys.Decode(select.Blob(5)),
        };
    }

    public static void SaveCursor(SqlSession session, long id, FeedCursor cursor, long version)
    {
        using var update = session.Prepare(
            """
            UPDATE feed SET version = ?2, repository_id = ?3, state = ?4, last_polled_at = ?5, next_poll_at = ?6, cursor = ?7, last_sweep = ?8,
                events_per_hour = ?9, confirmed_at = ?10
            WHERE id = ?1
            """);
        update.Bind(1, id).Bind(2, version);
        update.Bind(3, cursor.RepositoryId == RepositoryId.None ? null : cursor.RepositoryId.Value);
        update.Bind(4, (long)cursor.State).Bind(5, ToMicros(cursor.LastPolledAt)).Bind(6, ToMicros(cursor.NextPollAt));
        update.Bind(7, JsonSerializer.Serialize(CursorDocument.Of(cursor), FeedJsonContext.Default.CursorDocument));
        update.Bind(8, SweepKeys.Encode(cursor.Known)).BindReal(9, cursor.EventsPerHour).Bind(10, ToMicros(cursor.ConfirmedAt)).Run();
    }

    public static CoverageLedger ReadCoverage(SqlSession session, long id)
    {
        using var select = session.Prepare(
            "SELECT from_at, to_at, state, reason, captured_at_most FROM coverage WHERE feed_id = ?1 ORDER BY from_at");
        select.Bind(1, id);
        var intervals = new List<CoverageInterval>();
        while (select.Step())
        {
            intervals.Add(new CoverageInterval(
                Micros.ToTime(select.Int64(0)), Micros.ToTime(select.Int64(1)), (CoverageState)select.Int32(2), select.NullableText(3))
            {
                CapturedAtMost = ToReal(select, 4),
            });
        }

        return CoverageLedger.FromIntervals(intervals);
    }

    /// <summary>Writes the part of a ledger that differs from the stored one: as a rule the last interval alone.</summary>
    public static void SaveCoverage(SqlSession session, long id, CoverageLedger stored, CoverageLedger ledger)
    {
        var same = 0;
        while (same < stored.Intervals.Count && same < ledger.Intervals.Count && stored.Intervals[same] == ledger.Intervals[same])
            same++;
        if (same < stored.Intervals.Count)
        {
            using var delete = session.Prepare("DELETE FROM coverage WHERE feed_id = ?1 AND from_at >= ?2");
            delete.Bind(1, id).Bind(2, Micros.Floor(stored.Intervals[same].From)).Run();
        }

        using var insert = session.Prepare(
            "INSERT INTO coverage (feed_id, from_at, to_at, state, reason, captured_at_most) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var interval in ledger.Intervals.Skip(same))
        {
            insert.Bind(1, id).Bind(2, Micros.Floor(interval.From)).Bind(3, Micros.Floor(interval.To));
            insert.Bind(4, (long)interval.State).Bind(5, interval.Reason);
            insert.BindReal(6, interval.CapturedAtMost).Run();
        }
    }

    public static DateTimeOffset? ToTime(long? micros) => micros is { } value ? Micros.ToTime(value) : null;

    public static double? ToReal(SqlStatement row, int column) => row.IsNull(column) ? null : row.Double(column);

    private static long? ToMicros(DateTimeOffset? time) => time is { } value ? Micros.Floor(value) : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CursorDocument))]
internal sealed partial class FeedJsonContext : JsonSerializerContext;
