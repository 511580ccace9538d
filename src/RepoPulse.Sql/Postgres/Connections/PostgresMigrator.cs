using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>Brings a database's schema up to date, in one transaction that only one process at a time is in.</summary>
internal static class PostgresMigrator
{
    private static readonly string[] Scripts = [.. typeof(PostgresMigrator).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("postgres/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <exception cref="StorageException">The schema is of a newer version.</exception>
    public static async Task MigrateAsync(NpgsqlConnection connection, string server, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(connection, cancellationToken) is var present && IsCurrent(present, server))
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, PostgresLocks.Schema, cancellationToken);
        // Another process may have done it while this one waited.
        for (var version = await ReadVersionAsync(connection, cancellationToken); !IsCurrent(version, server); version++)
        {
            await RunAsync(connection, ReadScript(Scripts[version]), cancellationToken);
            await RunAsync(connection, version == 0
                ? "CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version VALUES (1)"
                : "UPDATE schema_version SET version = version + 1", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static bool IsCurrent(int version, string server) => version <= Scripts.Length
        ? version == Scripts.Length
        : throw new StorageException(
            $"{server} was written by a newer version of RepoPulse (its schema is {version}, this version knows {Scripts.Length}). "
            + "Use that version, or name another database in Storage:ConnectionString.", isTransient: false);

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Not by to_regclass: that remembers, and would not see what another process has made a moment ago.
        await using var exists = new NpgsqlCommand(
            "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'schema_version' AND schemaname = ANY (current_schemas(false)))",
            connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            return 0;
        await using var read = new NpgsqlCommand("SELECT version FROM schema_version", connection);
        return await read.ExecuteScalarAsync(cancellationToken) is int version ? version : 0;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every text is one of this program's own.")]
    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string ReadScript(string script)
    {
        using var stream = typeof(PostgresMigrator).Assembly.GetManifestResourceStream(script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
