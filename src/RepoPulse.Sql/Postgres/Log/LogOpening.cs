using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using RepoPulse.Sql.Postgres.Connections;

namespace RepoPulse.Sql.Postgres.Log;

/// <summary>
/// The beginning of an append, in one round trip: the log is locked, and only then is asked what webhooks told, so that what they tell is matched with what
/// polls tell in one order or the other; and numbers are reserved.
/// </summary>
internal sealed class LogOpening
{
    /// <summary>To which a straight copy goes back where it meets what is held.</summary>
    public const string Savepoint = "straight";

    private const string FindTold =
        """
        SELECT DISTINCT repository_id FROM webhook_event
        WHERE superseded = 0 AND repository_id IN (SELECT unnest($1::text::bigint[])) AND created_at BETWEEN $2 AND $3
        """;

    private const string Reserve = "SELECT setval('event_number', nextval('event_number') + $1 - 1)";

    private static readonly long Longest = (long)MergeTolerance.Longest.TotalMicroseconds;

    private LogOpening(HashSet<long> told, long firstNumber) => (Told, FirstNumber) = (told, firstNumber);

    /// <summary>Repositories of which a webhook told something that is near in time to one of the events.</summary>
    public HashSet<long> Told { get; }

    /// <summary>The first of as many numbers as there are events.</summary>
    public long FirstNumber { get; }

    public static LogOpening Begin(PostgresSession session, IReadOnlyList<GitHubEvent> events)
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
        batch.BatchCommands.Add(Command(FindTold, session.Dialect.List(repositories), oldest - Longest, newest + Longest));
        batch.BatchCommands.Add(Command(Reserve, events.Count));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SAVEPOINT {Savepoint}"));
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        var told = new HashSet<long>();
        while (reader.Read())
            told.Add(reader.GetInt64(0));
        reader.NextResult();
        reader.Read();
        return new LogOpening(told, reader.GetInt64(0) - events.Count + 1);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is string text
                ? new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text }
                : new NpgsqlParameter<long> { TypedValue = Convert.ToInt64(value, CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlDbType.Bigint });
        }

        return command;
    }
}
