using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>Says what an error of PostgreSQL means to the operator: which server, and what to do.</summary>
internal static class PostgresErrors
{
    public static bool IsStorageError(Exception e) =>
        e is NpgsqlException or SocketException or IOException or TimeoutException or InvalidDataException or JsonException;

    /// <summary>
    /// Whether a call that failed so may be made again at once: its connection was lost, perhaps long ago, or it got into the way of
    /// another. All that is written may be written twice, so it does not matter whether it was committed.
    /// </summary>
    public static bool IsWorthRetrying(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        PostgresException => false,
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException or SocketException or IOException => true,
        _ => false,
    };

    /// <param name="server">Host, port and database, for the message.</param>
    public static StorageException Describe(Exception fault, string server)
    {
        var (what, isTransient) = fault switch
        {
            PostgresException e => Describe(e, server),
            InvalidDataException or JsonException =>
                ($"{server} holds what RepoPulse cannot have written. Restore it from a backup", false),
            NpgsqlException { InnerException: TimeoutException } =>
                ($"{server} does not answer in time. Is it overloaded, or are all its connections in use?", true),
            _ => ($"{server} cannot be reached. Is PostgreSQL running there, and does Storage:ConnectionString name the right host and " +
                "port?", true),
        };
        return new StorageException($"{what} ({Innermost(fault).Trim().TrimEnd('.')}).", isTransient, fault);
    }

    private static (string What, bool IsTransient) Describe(PostgresException e, string server) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ($"{server} does not let this user in. Set name and password in Storage:ConnectionString (or Storage:ConnectionStringFile)", false),
        PostgresErrorCodes.InvalidCatalogName => ($"{server} does not exist yet. Create it: createdb -O USER DATABASE", true),
        PostgresErrorCodes.InsufficientPrivilege =>
            ($"{server} does not give this user the rights that RepoPulse needs: to create tables in its schema, and to write them", false),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded =>
            ($"{server} has no connection left. It is tried again; if it stays so, raise max_connections or run fewer processes", true),
        PostgresErrorCodes.DiskFull =>
            ($"{server} cannot grow: its disk is full. Free some space, or shorten Collector:RetentionPeriod", true),
        PostgresErrorCodes.ReadOnlySqlTransaction => ($"{server} takes no writes: it is a standby, or about to become the primary", true),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            ($"{server} is starting or stopping", true),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure =>
            ($"{server} was busy with something else", true),
        _ when e.SqlState.StartsWith("08", StringComparison.Ordinal) || e.SqlState.StartsWith("53", StringComparison.Ordinal)
            || e.SqlState.StartsWith("57", StringComparison.Ordinal) || e.SqlState.StartsWith("58", StringComparison.Ordinal) =>
                ($"{server} is in trouble", true),
        _ => ($"{server} refused a statement", false),
    };

    private static string Innermost(Exception fault) => fault is PostgresException e ? e.MessageText : fault.GetBaseException().Message;
}
