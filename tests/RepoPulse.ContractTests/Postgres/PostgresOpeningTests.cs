using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql;
using RepoPulse.Sql.Postgres;

namespace RepoPulse.ContractTests.Postgres;

public sealed class PostgresOpeningTests : PostgresTest
{
    [Fact]
    public async Task Processes_that_open_at_once_make_one_schema()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Database(Open()).OpenAsync(Cancellation).AsTask()));
        Assert.Equal(4, await ExecuteAsync("SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_what_to_do()
    {
        await Database(Store).OpenAsync(Cancellation);
        await ExecuteAsync("UPDATE schema_version SET version = 99");
        var fault = await FaultAsync(Open());
        Assert.False(fault.IsTransient);
        Assert.Contains("was written by a newer version of RepoPulse (its schema is 99", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_waited_for()
    {
        var fault = await FaultAsync(
            Open(new PostgresOptions { ConnectionString = "Host=127.0.0.1;Port=1;Database=repopulse;Username=x;Password=hunter2" }));
        Assert.True(fault.IsTransient);
        Assert.StartsWith(
            "The database 'repopulse' at 127.0.0.1:1 cannot be reached. Is PostgreSQL running there",
            fault.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_waited_for()
    {
        var elsewhere = new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString) { Database = "nobody_made_it" }.ConnectionString;
        var fault = await FaultAsync(Open(new PostgresOptions { ConnectionString = elsewhere }));
        Assert.True(fault.IsTransient);
        Assert.Contains("does not exist yet. Create it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_learns_which_are_needed()
    {
        var schema = new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString).SearchPath;
        var user = $"nobody_{Guid.NewGuid():n}";
        await ExecuteAsync($"CREATE ROLE {user} LOGIN PASSWORD 'x'");
        await ExecuteAsync($"GRANT USAGE ON SCHEMA {schema} TO {user}");
        try
        {
            var poor = new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString) { Username = user, Password = "x" }.ConnectionString;
            var store = Open(new PostgresOptions { ConnectionString = poor });
            var fault = await FaultAsync(store);
            await store.DisposeAsync();
            Assert.False(fault.IsTransient);
            Assert.Contains("does not give this user the rights that RepoPulse needs", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            await ExecuteAsync($"DROP OWNED BY {user}; DROP ROLE {user}");
        }
    }

    [Fact]
    public async Task Who_stops_in_the_midst_of_a_transaction_does_not_keep_the_others_waiting_for_ever()
    {
        var settings = await Database(Store).WriteAsync(
            session =>
            {
                session.Count(SqlNumbers.Events);
                using var select = session.Prepare(
                    "SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')");
                select.Step();
                return (select.Text(0), select.Text(1));
            },
            Cancellation);
        Assert.Equal(("20s", "20s"), settings);
        // Only there: reading a window may take longer.
        Assert.Equal("0", await Database(Store).ReadAsync(
            session =>
            {
                using var select = session.Prepare("SELECT current_setting('statement_timeout')");
                select.Step();
                return select.Text(0);
            },
            Cancellation));
    }

    private static async Task<StorageException> FaultAsync(Store store) =>
        await Assert.ThrowsAsync<StorageException>(async () => await Database(store).OpenAsync(Cancellation));
}
