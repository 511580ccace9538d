using System.Diagnostics.CodeAnalysis;
using Npgsql;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres.Connections;

/// <summary>One of the pool's connections, for as long as it is used. Npgsql prepares the statements that come again.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, KnownNames names) : SqlSession
{
    private static readonly PostgresDialect Own = new();

    private PostgresStatement? _reading;

    public override SqlDialect Dialect => Own;

    public NpgsqlConnection Connection => connection;

    public KnownNames Names => names;

    [SuppressMessage("Security", "CA2100", Justification = "Statements are made of constants; every value is a parameter.")]
    public override PostgresStatement Prepare(string sql) => new(this, new NpgsqlCommand(PostgresText.Translate(sql), connection));

    public override SqlCounter Count(SqlNumbers numbers) => new PostgresCounter(this, numbers);

    public override long Last(SqlNumbers numbers) => Scalar(numbers == SqlNumbers.Events
        ? "SELECT max(seq) FROM event"
        : "SELECT greatest((SELECT max(version) FROM feed), (SELECT max(stamp) FROM repository_name))");

    public int Execute(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Run();
    }

    /// <summary>Starts reading a statement's rows.</summary>
    internal NpgsqlDataReader Read(PostgresStatement statement, NpgsqlCommand command)
    {
        Detach();
        var reader = command.ExecuteReader();
        _reading = statement;
        return reader;
    }

    /// <summary>Makes the connection free for something other than a statement.</summary>
    internal void Detach() => _reading?.Detach();

    internal void End(PostgresStatement statement)
    {
        if (_reading == statement)
            _reading = null;
    }
}
