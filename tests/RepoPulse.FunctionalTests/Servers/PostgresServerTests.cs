using Npgsql;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.FunctionalTests.Servers;

public sealed class PostgresServerTests(SharedPostgres shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_outlives_every_way_of_ending_the_server()
    {
        await using var server = await SharedPostgres.StartAnotherAsync(new(), Cancellation);
        await using var database = await server.CreateDatabaseAsync(Cancellation);
        await ExecuteAsync(database.ConnectionString, "CREATE TABLE kept (value int)");

        await server.RestartAsync(immediate: true, Cancellation);
        await ExecuteAsync(database.ConnectionString, "INSERT INTO kept VALUES (1)");
        await server.KillAsync(Cancellation);
        await Assert.ThrowsAsync<NpgsqlException>(() => ExecuteAsync(database.ConnectionString, "SELECT 1"));
        await server.StartAsync(Cancellation);
        await ExecuteAsync(database.ConnectionString, "INSERT INTO kept VALUES (1)");
        await server.RestartAsync(immediate: false, Cancellation);

        Assert.Equal(2L, await ExecuteAsync(database.ConnectionString, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task Disposed_of_a_server_leaves_nothing()
    {
        await using var server = await SharedPostgres.StartAnotherAsync(new(), Cancellation);
        var folder = Path.GetDirectoryName((string)(await ExecuteAsync(server.ConnectionString, "SHOW data_directory"))!);
        Assert.True(Directory.Exists(folder));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Its_settings_are_those_that_were_asked_for()
    {
        await using var server = await SharedPostgres.StartAnotherAsync(
            new() { MaxConnections = 17, Settings = ["work_mem=7MB"] }, Cancellation);

        Assert.Equal("17", await ExecuteAsync(server.ConnectionString, "SHOW max_connections"));
        Assert.Equal("7MB", await ExecuteAsync(server.ConnectionString, "SHOW work_mem"));
        Assert.Equal("on", await ExecuteAsync(server.ConnectionString, "SHOW fsync"));
    }

    [Fact]
    public async Task A_database_is_empty_and_gone_when_its_test_is_over()
    {
        await using var first = await shared.CreateDatabaseAsync(Cancellation);
        var second = await shared.CreateDatabaseAsync(Cancellation);
        await ExecuteAsync(second.ConnectionString, "CREATE TABLE mine (value int)");
        Assert.Equal(0L, await ExecuteAsync(first.ConnectionString, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"));

        await using var open = new NpgsqlConnection(second.ConnectionString);
        await open.OpenAsync(Cancellation);
        await second.DisposeAsync();

        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(second.ConnectionString, "SELECT 1"));
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Cancellation);
#pragma warning disable CA2100 // Every text is a constant of a test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
