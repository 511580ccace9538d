using RepoPulse.Configuration;
using RepoPulse.Kafka;
using RepoPulse.Sql;

namespace RepoPulse.Hosting;

/// <summary>What a process keeps things in, tried before it begins.</summary>
internal static partial class Stores
{
    /// <exception cref="StorageException">One cannot be used.</exception>
    public static async ValueTask OpenAsync(IServiceProvider services, RepoPulseSettings settings, CancellationToken cancellationToken)
    {
        if (settings.IsKafka)
            await OpenKafkaAsync(services, cancellationToken);
        await OpenDatabaseAsync(services, cancellationToken);
    }

    /// <summary>
    /// A store that can never be used ends the process at once, with a message; one that is not there yet does not: everything that needs
    /// it waits for it and says so.
    /// </summary>
    /// <exception cref="StorageException">One can never be used.</exception>
    public static async ValueTask TryAsync(
        IServiceProvider services, RepoPulseSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        if (settings.IsKafka)
            await TryAsync("Kafka", () => OpenKafkaAsync(services, cancellationToken), logger);
        await TryAsync("The database", () => OpenDatabaseAsync(services, cancellationToken), logger);
    }

    public static ValueTask OpenKafkaAsync(IServiceProvider services, CancellationToken cancellationToken)
        => services.GetRequiredService<KafkaCluster>().OpenAsync(cancellationToken);

    /// <summary>Does nothing where no database is used.</summary>
    public static ValueTask OpenDatabaseAsync(IServiceProvider services, CancellationToken cancellationToken)
        => services.GetService<SqlDatabase>()?.OpenAsync(cancellationToken) ?? ValueTask.CompletedTask;

    private static async ValueTask TryAsync(string store, Func<ValueTask> open, ILogger logger)
    {
        try
        {
            await open();
        }
        catch (StorageException e) when (e.IsTransient)
        {
            LogNotThere(logger, store, e.Message);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Store} is not there yet: {Fault} Waiting for it")]
    private static partial void LogNotThere(ILogger logger, string store, string fault);
}
