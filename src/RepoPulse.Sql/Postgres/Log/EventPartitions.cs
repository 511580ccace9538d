using System.Globalization;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// The parts of the log. By day, so that a day past the retention period is dropped at once; by month where events are kept for long, and
/// for old events; by year for what is dated far ahead. So the parts stay few, whatever dates an archive holds: PostgreSQL locks each part
/// that a query names.
/// </summary>
internal sealed class EventPartitions(PostgresDatabase database, PostgresOptions options)
{
    /// <summary>From this age on, and where events are kept for longer than this, a part is a month.</summary>
    private const int DaysByDay = 60;

    /// <summary>Made before they are needed, so that no append waits at midnight.</summary>
    private const int DaysAhead = 2;

    /// <summary>Farther ahead a part is a month: no event is dated so by a clock that is about right.</summary>
    private const int MaxDaysAheadByDay = 31;

    /// <summary>Farther ahead a part is a year.</summary>
    private const int MaxMonthsAheadByMonth = 24;

    private volatile IReadOnlySet<DateOnly> _ready = new HashSet<DateOnly>();

    private bool IsByMonth => options.RetentionPeriod is not { } period || period > TimeSpan.FromDays(DaysByDay);

    private DateOnly Today => DateOnly.FromDateTime(database.Time.GetUtcNow().UtcDateTime);

    /// <summary>Sees to it that there is a part for each of the events, and for the days to come.</summary>
    /// <exception cref="StorageException">The server cannot be reached or written.</exception>
    public async ValueTask PrepareAsync(IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        var ready = _ready;
        HashSet<DateOnly>? missing = null;
        foreach (var e in events)
        {
            var day = DateOnly.FromDateTime(e.Key.CreatedAt.UtcDateTime);
            if (!ready.Contains(day) && EventPartition.HasPart(day))
                (missing ??= []).Add(day);
        }

        if (missing is null)
            return;
        for (var ahead = 0; ahead <= DaysAhead; ahead++)
            missing.Add(Today.AddDays(ahead));
        await database.WriteAsync(session => Make(session, missing), cancellationToken);
        _ready = new HashSet<DateOnly>([.. _ready, .. missing]);
    }

    /// <summary>Called when a part turned out not to be there any more: retention has dropped it.</summary>
    public void Forget() => _ready = new HashSet<DateOnly>();

    public static List<EventPartition> Read(SqlSession session)
    {
        using var select = session.Prepare(
            "SELECT relname::text FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'event'::regclass");
        var parts = new List<EventPartition>();
        while (select.Step())
        {
            if (EventPartition.TryParse(select.Text(0), out var part))
                parts.Add(part);
        }

        return parts;
    }

    private bool Make(SqlSession session, HashSet<DateOnly> days)
    {
        using (var take = session.Prepare(PostgresLocks.Partitions))
            take.Run();
        var parts = Read(session);
        foreach (var day in days.Order())
        {
            if (parts.Exists(part => part.Holds(day)))
                continue;
            var part = Choose(day, parts, Today, IsByMonth);
            Make(session, part);
            parts.Add(part);
        }

        return true;
    }

    /// <summary>The part to make for a day that no part holds.</summary>
    /// <param name="isByMonth">Whether events are kept for so long that their parts are months.</param>
    internal static EventPartition Choose(DateOnly day, IReadOnlyList<EventPartition> parts, DateOnly today, bool isByMonth)
    {
        var isOld = EventPartition.Of(day, PartitionLength.Month).To < today.AddDays(-DaysByDay);
        var length = day > today.AddMonths(MaxMonthsAheadByMonth) ? PartitionLength.Year
            : isByMonth || isOld || day > today.AddDays(MaxDaysAheadByDay) ? PartitionLength.Month
            : PartitionLength.Day;

        // A part must not overlap another. Where shorter ones lie in it, the day has one of their length: a part of a day overlaps none.
        while (length > PartitionLength.Day && parts.Any(other => other.Overlaps(EventPartition.Of(day, length))))
            length--;
        return EventPartition.Of(day, length);
    }

    /// <summary>Made apart and then attached: that keeps nobody from reading or writing the others.</summary>
    private static void Make(SqlSession session, EventPartition part)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"FROM ({part.FromMicros()}) TO ({part.ToMicros()})");
        using var create = session.Prepare(
            $"CREATE TABLE {part.Table} (LIKE event INCLUDING STORAGE) WITH (autovacuum_vacuum_insert_scale_factor = 0.05)");
        create.Run();
        using var attach = session.Prepare($"ALTER TABLE event ATTACH PARTITION {part.Table} FOR VALUES {range}");
        attach.Run();
    }
}
