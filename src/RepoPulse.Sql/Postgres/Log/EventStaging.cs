using Npgsql;
using NpgsqlTypes;
using RepoPulse.Sql.Postgres.Connections;

namespace RepoPulse.Sql.Postgres.Log;

/// <summary>
/// Brings a batch into the server before the log is locked: many events by binary COPY into a table of the connection's own, few as the arrays of
/// one statement's parameters, where a COPY would cost more round trips than it saves.
/// </summary>
internal sealed class EventStaging
{
    /// <summary>Measured: below it a statement with arrays is the faster, above it COPY.</summary>
    private const int WorthCopying = 100;

    private readonly PostgresSession _session;
    private readonly StagedEvents _events;
    private readonly bool _isCopied;

    private EventStaging(PostgresSession session, StagedEvents events) =>
        (_session, _events, _isCopied) = (session, events, events.Count >= WorthCopying);

    public static EventStaging Begin(PostgresSession session, StagedEvents events)
    {
        var staging = new EventStaging(session, events);
        if (staging._isCopied)
            staging.Copy();
        return staging;
    }

    /// <summary>Moves the batch into the log and numbers it, but for events at certain places of it. Answers how many the log did not hold.</summary>
    public int MoveIntoLog(IReadOnlyCollection<int> without)
    {
        const string Insert =
            """
            INSERT INTO event (seq, created_at, event_id, repository_id, type_id, source, dictionary, json)
            SELECT nextval('event_number'), created_at, event_id, repository_id, type_id, source, dictionary, json FROM (
            """;
        const string OnConflict = ") AS staged ON CONFLICT (created_at, event_id) DO NOTHING";
        if (without.Count == _events.Count)
            return 0;
        _session.Detach();
        using var command = new NpgsqlCommand { Connection = _session.Connection };
        var skipped = new NpgsqlParameter<int[]> { TypedValue = [.. without], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
        if (_isCopied)
        {
            command.CommandText = $"{Insert} SELECT * FROM event_staging WHERE seq <> ALL ($1) ORDER BY seq {OnConflict}";
            command.Parameters.Add(skipped);
        }
        else
        {
            command.CommandText =
                $"""
                {Insert}
                SELECT created_at, event_id, repository_id, type_id, $7::smallint AS source, $6::integer AS dictionary, json
                FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS given (created_at, event_id, repository_id, type_id, json, place)
                WHERE place - 1 <> ALL ($8) ORDER BY place {OnConflict}
                """;
            _events.Bind(command);
            command.Parameters.Add(skipped);
        }

        return command.ExecuteNonQuery();
    }

    private void Copy()
    {
        // Outlasts the transaction, so it is there already as a rule.
        _session.Execute("CREATE TEMPORARY TABLE IF NOT EXISTS event_staging (LIKE event INCLUDING STORAGE) ON COMMIT DELETE ROWS");
        using var copy = _session.Connection.BeginBinaryImport(
            "COPY event_staging (seq, created_at, event_id, repository_id, type_id, source, dictionary, json) FROM STDIN (FORMAT BINARY)");
        _events.Write(copy);
        copy.Complete();
    }
}
