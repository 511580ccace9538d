using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.ContractTests.Sqlite;

/// <summary>What the tests of SQLite's own behaviour have in common: a file, a store on it, and a way past the store.</summary>
public abstract class SqliteTest : IAsyncLifetime
{
    private readonly List<Store> _stores = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected SqliteStorage Storage { get; } = new();

    protected FakeTimeProvider Time { get; } = new(Sample.Noon);

    protected Store Store { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Store = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Store Open(string? connectionString = null, TimeSpan? busyTimeout = null)
    {
        var store = SqliteStorage.Open(connectionString ?? Storage.ConnectionString, Time, busyTimeout);
        _stores.Add(store);
        return store;
    }

    protected static ValueTask OpenDatabaseAsync(Store store) => Database(store).OpenAsync(Cancellation);

    internal static SqliteDatabase Database(Store store) => store.Services.GetRequiredService<SqliteDatabase>();

    /// <summary>A connection of another program on the same file.</summary>
    protected SqliteConnection Connect(string? path = null)
    {
        var connection = new SqliteConnection($"Data Source={path ?? Storage.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    protected static long Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() is long number ? number : 0;
    }

    protected static async Task<StorageException> FaultAsync(Func<Task> call) => await Assert.ThrowsAsync<StorageException>(call);
}
