using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>One of the pool's connections, for as long as it is used. Npgsql prepares the statements that come again.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, NameCache names) : SqlSession
{
    private static readonly PostgresDialect Own = new();

    private readonly Lock _cancelling = new();
    private PostgresStatement? _reading;
    private NpgsqlCommand? _running;
    private bool _cancelled;

    public override SqlDialect Dialect => Own;

    public NpgsqlConnection Connection => connection;

    public NameCache Names => names;

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
        lock (_cancelling)
        {
            if (_cancelled)
                throw new OperationCanceledException();
            _running = command;
        }

        var reader = command.ExecuteReader();
        _reading = statement;
        return reader;
    }

    /// <summary>Asks the server to break off the statement that runs, and starts no other. From any thread.</summary>
    internal void Cancel()
    {
        // Under the lock: the session does not end, and give its connection to another, between the question and the request.
        lock (_cancelling)
        {
            _cancelled = true;
            _running?.Cancel();
        }
    }

    /// <summary>Before the connection goes back to the pool: what is cancelled from here on is no longer this session's.</summary>
    internal void End()
    {
        lock (_cancelling)
            _running = null;
    }

    /// <summary>Makes the connection free for something other than a statement.</summary>
    internal void Detach() => _reading?.Detach();

    internal void End(PostgresStatement statement)
    {
        if (_reading == statement)
            _reading = null;
    }
}
