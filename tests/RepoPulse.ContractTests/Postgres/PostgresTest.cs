using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Postgres;

namespace RepoPulse.ContractTests.Postgres;

/// <summary>What the tests of PostgreSQL's own behaviour have in common: a schema, a store on it, and a way past the store.</summary>
public abstract class PostgresTest : IAsyncLifetime
{
    private readonly List<Store> _stores = [];
    private readonly List<NpgsqlConnection> _connections = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(Sample.Noon);

    protected Store Store { get; private set; } = null!;

    protected string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await new PostgresStorage().CreateAsync();
        Store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
        foreach (var store in _stores)
            await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What another process would have.</summary>
    protected Store Open(PostgresOptions? options = null)
    {
        var store = PostgresStorage.Open(options ?? Options(TimeSpan.FromDays(7)), Time);
        _stores.Add(store);
        return store;
    }

    protected PostgresOptions Options(TimeSpan? retentionPeriod) =>
        new() { ConnectionString = ConnectionString, RetentionPeriod = retentionPeriod };

    internal static PostgresDatabase Database(Store store) => store.Services.GetRequiredService<PostgresDatabase>();

    /// <summary>A connection of another program on the same schema.</summary>
    protected async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        _connections.Add(connection);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    protected static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Every text is a constant of a test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancellation);
    }

    protected async Task<object?> ExecuteAsync(string sql) => await ExecuteAsync(await ConnectAsync(), sql);
}
