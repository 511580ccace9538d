using Npgsql;
using NpgsqlTypes;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// Brings a batch into the log. Few events go as the arrays of one statement's parameters, where a COPY would cost more round trips than it
/// saves. Many go by binary COPY: straight into the log where nothing of them is expected to be held; else into a table of the connection's
/// own, before the log is locked, and from there by one statement that leaves out what is held.
/// </summary>
internal sealed class EventTransfer(PostgresSession session, StagedEvents events)
{
    /// <summary>Measured: below it a statement with arrays is the faster, above it COPY.</summary>
    private const int WorthCopying = 100;

    private const string Columns = "(seq, created_at, event_id, repository_id, type_id, source, dictionary, json)";

    private const string Insert =
        $"""
        INSERT INTO event {Columns}
        SELECT nextval('event_number'), created_at, event_id, repository_id, type_id, source, dictionary, json FROM (
        """;

    private const string OnConflict = ") AS staged ON CONFLICT (created_at, event_id) DO NOTHING";

    private bool _isStaged;

    public bool IsLarge => events.Count >= WorthCopying;

    /// <summary>Brings a large batch into the server, so that only moving it is left to do once the log is locked.</summary>
    public void Stage()
    {
        // The table outlasts the transaction, so it is there already as a rule.
        session.Execute("CREATE TEMPORARY TABLE IF NOT EXISTS event_staging (LIKE event INCLUDING STORAGE) ON COMMIT DELETE ROWS");
        // Those of an append before in this transaction.
        session.Execute("DELETE FROM event_staging");
        Copy("event_staging", 0, []);
        _isStaged = true;
    }

    /// <summary>Moves the batch into the log, but for events at certain places of it. Returns how many the log did not hold.</summary>
    /// <param name="firstNumber">Of as many numbers as there are events, reserved for them.</param>
    public int MoveIntoLog(long firstNumber, IReadOnlyCollection<int> without)
    {
        if (without.Count == events.Count)
            return 0;
        if (!IsLarge)
            return MoveArrays(without);
        if (!_isStaged && TryCopyStraight(firstNumber, without))
            return events.Count - without.Count;
        if (!_isStaged)
            Stage();
        return MoveStaged(without);
    }

    /// <summary>Returns false, and nothing is done, where one of them is held, or twice in the batch.</summary>
    private bool TryCopyStraight(long firstNumber, IReadOnlyCollection<int> without)
    {
        try
        {
            Copy("event", firstNumber, without);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            session.Execute($"ROLLBACK TO SAVEPOINT {AppendTransaction.Savepoint}");
            return false;
        }
    }

    private void Copy(string table, long firstNumber, IReadOnlyCollection<int> without)
    {
        session.Detach();
        using var copy = session.Connection.BeginBinaryImport($"COPY {table} {Columns} FROM STDIN (FORMAT BINARY)");
        events.Write(copy, firstNumber, without);
        copy.Complete();
    }

    private int MoveStaged(IReadOnlyCollection<int> without)
    {
        session.Detach();
        using var command = new NpgsqlCommand(
            $"{Insert} SELECT * FROM event_staging WHERE seq <> ALL ($1) ORDER BY seq {OnConflict}", session.Connection);
        command.Parameters.Add(Places(without));
        return command.ExecuteNonQuery();
    }

    private int MoveArrays(IReadOnlyCollection<int> without)
    {
        session.Detach();
        using var command = new NpgsqlCommand(
            $"""
            {Insert}
            SELECT created_at, event_id, repository_id, type_id, $7::smallint AS source, $6::integer AS dictionary, json
            FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS given (created_at, event_id, repository_id, type_id, json, place)
            WHERE place - 1 <> ALL ($8) ORDER BY place {OnConflict}
            """, session.Connection);
        events.Bind(command);
        command.Parameters.Add(Places(without));
        return command.ExecuteNonQuery();
    }

    private static NpgsqlParameter<int[]> Places(IReadOnlyCollection<int> places) =>
        new() { TypedValue = [.. places], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
}
