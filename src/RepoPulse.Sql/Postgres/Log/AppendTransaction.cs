using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// The beginning of an append, in one round trip: the log is locked, and only then is asked what webhooks reported, so that what they
/// report is matched with what polls report in one order or the other; and numbers are reserved.
/// </summary>
internal sealed class AppendTransaction
{
    /// <summary>To which a straight copy goes back where it meets what is held.</summary>
    public const string Savepoint = "straight";

    private const string FindRecentlySent =
        """
        SELECT DISTINCT repository_id FROM webhook_event
        WHERE superseded = 0 AND repository_id IN (SELECT unnest($1::text::bigint[])) AND created_at BETWEEN $2 AND $3
        """;

    private const string Reserve = "SELECT setval('event_number', nextval('event_number') + $1 - 1)";

    private static readonly long Longest = (long)MergeTolerance.Longest.TotalMicroseconds;

    private AppendTransaction(HashSet<long> recent, long firstNumber) => (RecentlySent, FirstNumber) = (recent, firstNumber);

    /// <summary>Repositories for which a webhook reported something that is near in time to one of the events.</summary>
    public HashSet<long> RecentlySent { get; }

    /// <summary>The first of as many numbers as there are events.</summary>
    public long FirstNumber { get; }

    public static AppendTransaction Begin(PostgresSession session, IReadOnlyList<GitHubEvent> events)
    {
        session.Detach();
        var (oldest, newest) = (long.MaxValue, long.MinValue);
        var repositories = new HashSet<long>();
        foreach (var e in events)
        {
            var at = Micros.Floor(e.Key.CreatedAt);
            (oldest, newest) = (Math.Min(oldest, at), Math.Max(newest, at));
            repositories.Add(e.RepositoryId.Value);
        }

        using var batch = new NpgsqlBatch(session.Connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresLocks.Events));
        batch.BatchCommands.Add(Command(FindRecentlySent, session.Dialect.List(repositories), oldest - Longest, newest + Longest));
        batch.BatchCommands.Add(Command(Reserve, events.Count));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SAVEPOINT {Savepoint}"));
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        var recent = new HashSet<long>();
        while (reader.Read())
            recent.Add(reader.GetInt64(0));
        reader.NextResult();
        reader.Read();
        return new AppendTransaction(recent, reader.GetInt64(0) - events.Count + 1);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is string text
                ? new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text }
                : new NpgsqlParameter<long>
                {
                    TypedValue = Convert.ToInt64(value, CultureInfo.InvariantCulture),
                    NpgsqlDbType = NpgsqlDbType.Bigint
                });
        }

        return command;
    }
}
