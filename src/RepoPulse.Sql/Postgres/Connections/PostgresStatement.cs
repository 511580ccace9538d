using Npgsql;
using NpgsqlTypes;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// A statement of a <see cref="PostgresSession"/>. Its rows are read as they come; a connection gives the rows of one statement at a time,
/// so what is left of them is taken into memory when another begins.
/// </summary>
internal sealed class PostgresStatement(PostgresSession session, NpgsqlCommand command) : SqlStatement
{
    private NpgsqlDataReader? _reader;
    private Queue<object[]>? _rest;
    private object[]? _row;

    public override PostgresStatement Bind(int index, long? value) => Set(index, NpgsqlDbType.Bigint, value);

    public override PostgresStatement BindReal(int index, double? value) => Set(index, NpgsqlDbType.Double, value);

    public override PostgresStatement Bind(int index, string? value) => Set(index, NpgsqlDbType.Text, value);

    public override PostgresStatement Bind(int index, ReadOnlySpan<byte> value) => Set(index, NpgsqlDbType.Bytea, value.ToArray());

    public override bool Step()
    {
        if (_rest is not null)
            return _rest.TryDequeue(out _row);
        _reader ??= session.Read(this, command);
        if (_reader.Read())
            return true;
        End();
        _rest = [];
        return false;
    }

    public override int Run()
    {
        Reset();
        session.Detach();
        return command.ExecuteNonQuery();
    }

    public override void Reset()
    {
        End();
        (_rest, _row) = (null, null);
    }

    public override long Int64(int column) => _row is null
        ? _reader!.IsDBNull(column) ? 0 : ReadInteger(column)
        : _row[column] switch { long number => number, int number => number, short number => number, _ => 0 };

    public override double Double(int column) => _row is null ? _reader!.GetDouble(column) : (double)_row[column];

    public override string Text(int column) => _row is null ? _reader!.GetString(column) : (string)_row[column];

    public override ReadOnlySpan<byte> Blob(int column) =>
        _row is null ? _reader!.IsDBNull(column) ? [] : _reader.GetFieldValue<byte[]>(column) : _row[column] as byte[] ?? [];

    public override bool IsNull(int column) => _row is null ? _reader!.IsDBNull(column) : _row[column] is DBNull;

    public override void Dispose()
    {
        Reset();
        command.Dispose();
    }

    /// <summary>Takes the row in hand and those to come into memory, so that another statement can run.</summary>
    internal void Detach()
    {
        if (_reader is null)
            return;
        _row = Copy(_reader);
        _rest = new Queue<object[]>();
        while (_reader.Read())
            _rest.Enqueue(Copy(_reader));
        End();
    }

    private static object[] Copy(NpgsqlDataReader reader)
    {
        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        return row;
    }

    private long ReadInteger(int column) => _reader!.GetDataTypeName(column) switch
    {
        "integer" => _reader.GetInt32(column),
        "smallint" => _reader.GetInt16(column),
        _ => _reader.GetInt64(column),
    };

    private void End()
    {
        _reader?.Dispose();
        _reader = null;
        session.End(this);
    }

    private PostgresStatement Set(int index, NpgsqlDbType type, object? value)
    {
        while (command.Parameters.Count < index)
            command.Parameters.Add(new NpgsqlParameter());
        var parameter = command.Parameters[index - 1];
        parameter.NpgsqlDbType = type;
        parameter.Value = value ?? DBNull.Value;
        return this;
    }
}
