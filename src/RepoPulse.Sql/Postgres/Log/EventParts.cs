using System.Globalization;
using RepoPulse.Sql.Postgres.Connections;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres.Log;

/// <summary>
/// The parts of the log. By day, so that a day past the retention period goes at once; by month where events are kept for long or for ever, and for
/// what is old already, so that the parts stay few.
/// </summary>
internal sealed class EventParts(PostgresDatabase database, PostgresOptions options)
{
    /// <summary>From this age on, and where events are kept for longer than this, a part is a month.</summary>
    private const int DaysByDay = 60;

    /// <summary>Made before they are needed, so that no append waits at midnight.</summary>
    private const int DaysAhead = 2;

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
            if (!ready.Contains(day) && EventPart.HasPart(day))
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

    public static List<EventPart> Read(SqlSession session)
    {
        using var select = session.Prepare("SELECT relname::text FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'event'::regclass");
        var parts = new List<EventPart>();
        while (select.Step())
        {
            if (EventPart.TryParse(select.Text(0), out var part))
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
            var month = EventPart.MonthOf(day);
            var isOld = month.To < Today.AddDays(-DaysByDay);
            // Where some days of the month have parts of their own, one for all of it would overlap them.
            var part = (IsByMonth || isOld) && !parts.Exists(other => month.Holds(other.From)) ? month : EventPart.DayOf(day);
            Make(session, part);
            parts.Add(part);
        }

        return true;
    }

    /// <summary>Made apart and then attached: that keeps nobody from reading or writing the others.</summary>
    private static void Make(SqlSession session, EventPart part)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"FROM ({part.FromMicros()}) TO ({part.ToMicros()})");
        using var create = session.Prepare($"CREATE TABLE {part.Table} (LIKE event INCLUDING STORAGE) WITH (autovacuum_vacuum_insert_scale_factor = 0.05)");
        create.Run();
        using var attach = session.Prepare($"ALTER TABLE event ATTACH PARTITION {part.Table} FOR VALUES {range}");
        attach.Run();
    }
}
