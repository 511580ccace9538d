using Npgsql;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Postgres;

namespace RepoPulse.ContractTests.Postgres;

/// <summary>The role that the compositions make for the services suffices for all that they do.</summary>
public sealed class PostgresRoleTests : PostgresTest
{
    private readonly string _name = $"test_role_{Guid.NewGuid():n}";

    [Fact]
    public async Task A_role_without_privileges_that_owns_its_database_suffices()
    {
        var administrator = await ConnectAsync();
        foreach (var statement in Statements())
            await ExecuteAsync(administrator, statement);
        try
        {
            var role = new NpgsqlConnectionStringBuilder(ConnectionString)
            {
                Database = _name,
                Username = _name,
                Password = "secret",
                SearchPath = null,
                Pooling = false
            }.ConnectionString;
            var store = Open(new PostgresOptions { ConnectionString = role, RetentionPeriod = TimeSpan.FromDays(7) });

            Assert.Equal(new AppendResult(2, 0), await store.AppendAsync(Sample.Event(1), Sample.Event(2, Sample.Noon.AddDays(2))));
            Assert.Equal(1, await store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation));
            Assert.Equal([2], (await store.FollowAsync(LogPosition.Start)).Events.Ids());
            Assert.Equal(32, (await store.Secret.ReadAsync(Cancellation)).Length);

            var connection = new NpgsqlConnection(role);
            await connection.OpenAsync(Cancellation);
            Assert.Equal("off", await ExecuteAsync(connection, "SHOW is_superuser"));
            await connection.DisposeAsync();
            await store.DisposeAsync();
        }
        finally
        {
            await ExecuteAsync(administrator, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
            await ExecuteAsync(administrator, $"DROP ROLE IF EXISTS {_name}");
        }
    }

    /// <summary>Those of the script, with names of this test.</summary>
    private string[] Statements()
    {
        var script = File.ReadAllText(Path.Combine(RepositoryRoot(), "deploy/compose/create-database.sh"));
        var sql = script.Split("<<'SQL'\n", 2)[1].Split("\nSQL\n", 2)[0];
        Assert.Contains("NOSUPERUSER", sql, StringComparison.Ordinal);
        return sql.Replace(":'password'", "'secret'", StringComparison.Ordinal).Replace("repopulse", _name, StringComparison.Ordinal)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
