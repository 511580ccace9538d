using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RepoPulse.Sql.Sqlite;

/// <summary>
/// A prepared statement of a <see cref="SqliteSession"/>. Straight on SQLite's own interface: an append runs two or three statements an
/// event, where ADO.NET's parameters and readers would cost as much again as SQLite itself. Disposing gives it back to its session.
/// </summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : SqlStatement
{
    public override SqliteStatement Bind(int index, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(statement, index, number) : raw.sqlite3_bind_null(statement, index));
        return this;
    }

    public override SqliteStatement BindReal(int index, double? value)
    {
        Check(value is { } real ? raw.sqlite3_bind_double(statement, index, real) : raw.sqlite3_bind_null(statement, index));
        return this;
    }

    public override SqliteStatement Bind(int index, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, index) : raw.sqlite3_bind_text(statement, index, value));
        return this;
    }

    public override SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, value));
        return this;
    }

    public override bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Fail(result);
        return false;
    }

    public override int Run()
    {
        while (Step())
        {
        }

        var changes = raw.sqlite3_changes(database);
        raw.sqlite3_reset(statement);
        return changes;
    }

    public override void Reset() => raw.sqlite3_reset(statement);

    public override long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public override double Double(int column) => raw.sqlite3_column_double(statement, column);

    public override string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public override ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>Ends the run, so that it holds no snapshot of the database, and frees what was bound.</summary>
    public override void Dispose()
    {
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            Fail(result);
    }

    private void Fail(int result)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }
}
