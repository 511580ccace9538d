using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.ContractTests.Sqlite;

/// <summary>A SQLite file in a folder of its own.</summary>
public sealed class SqliteStorage : StorageUnderTest
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("repopulse-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "events.db");

    public string ConnectionString => $"Data Source={Path}";

    public static Store Open(string connectionString, TimeProvider time, TimeSpan? busyTimeout = null) => new(new ServiceCollection()
        .AddSingleton(time)
        .AddSqliteStorage(connectionString)
        // Machines that test are slow, and a test that holds a lock does not want to wait for it.
        .AddSingleton(_ => new SqliteDatabase(connectionString, time) { BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(30) })
        .BuildServiceProvider(validateScopes: true));

    public override ValueTask<Store> OpenAsync(TimeProvider time) => ValueTask.FromResult(Open(ConnectionString, time));

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
