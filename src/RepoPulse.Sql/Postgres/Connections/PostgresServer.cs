using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>Which database a connection string names, and how it is connected to.</summary>
internal sealed class PostgresServer
{
    /// <summary>
    /// What is locked is released when its holder stops in the midst of a transaction, or its machine is gone without a word: within 25 s,
    /// where a server would wait for two hours.
    /// </summary>
    private const string Session =
        """
        SET idle_in_transaction_session_timeout = '20s';
        SET tcp_keepalives_idle = 10;
        SET tcp_keepalives_interval = 5;
        SET tcp_keepalives_count = 3;
        """;

    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgresServer(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>What messages call it.</summary>
    public string Name => $"The database '{_settings.Database}' at {_settings.Host}:{_settings.Port}";

    /// <exception cref="StorageException">The connection string does not name a server and a database.</exception>
    public static PostgresServer Parse(string connectionString) => TryParse(connectionString, out var server, out var fault)
        ? server
        : throw new StorageException(
            $"Storage:ConnectionString {fault}. For PostgreSQL it must be of the form 'Host=...;Database=...;Username=...;Password=...'.",
            isTransient: false);

    /// <param name="fault">What is wrong, without the string itself: it may hold a password.</param>
    public static bool TryParse(
        string connectionString, [NotNullWhen(true)] out PostgresServer? server, [NotNullWhen(false)] out string? fault)
    {
        (server, fault) = (null, null);
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            settings.Database ??= settings.Username;
            if (string.IsNullOrWhiteSpace(settings.Host))
                fault = "names no Host";
            else if (settings.Host.Contains("://", StringComparison.Ordinal) || settings.Host.LastIndexOf('@') > 0)
                fault = "names a Host that is an address with a scheme or a user";
            else if (string.IsNullOrWhiteSpace(settings.Database))
                fault = "names no Database";
            else
                server = new PostgresServer(settings);
        }
        catch (Exception e) when (e
            is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // Its words name a part that is not known, which may be the end of a password with a semicolon.
            fault = "is no connection string for PostgreSQL: a name in it is not known, or a value not allowed";
        }

        return server is not null;
    }

    /// <summary>The connections for reading and writing.</summary>
    public NpgsqlDataSource CreatePool() => Create(settings =>
    {
        SetDefault(settings, "Maximum Pool Size", 10);
        // Statements that come again are prepared by Npgsql. Nothing outlasts a transaction but prepared statements and staging tables, so
        // there is nothing to reset when a connection goes back to the pool.
        SetDefault(settings, "Max Auto Prepare", 100);
        SetDefault(settings, "Auto Prepare Min Usages", 2);
        settings.NoResetOnClose = true;
    });

    /// <summary>The one connection that listens.</summary>
    public NpgsqlDataSource CreateListener() => Create(settings => settings.Pooling = false);

    private static void SetDefault(NpgsqlConnectionStringBuilder settings, string key, object value)
    {
        if (!settings.ContainsKey(key) || !settings.ShouldSerialize(key))
            settings[key] = value;
    }

    private NpgsqlDataSource Create(Action<NpgsqlConnectionStringBuilder> adapt)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString);
        SetDefault(settings, "Application Name", "RepoPulse");
        SetDefault(settings, "Timeout", 5);
        // Else every new connection looks for Kerberos first, which images do not have. Who wants it says so.
        SetDefault(settings, "GSS Encryption Mode", GssEncryptionMode.Disable);
        adapt(settings);
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        builder.EnableArrays();
        builder.UsePhysicalConnectionInitializer(
            static connection =>
            {
                using var command = new NpgsqlCommand(Session, connection);
                command.ExecuteNonQuery();
            },
            static async connection =>
            {
                await using var command = new NpgsqlCommand(Session, connection);
                await command.ExecuteNonQueryAsync();
            });
        return builder.Build();
    }
}
