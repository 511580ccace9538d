namespace RepoPulse.Configuration;

internal sealed record StorageSettings
{
    public required StorageProvider Provider { get; init; }

    public required string ConnectionString { get; init; }
}
