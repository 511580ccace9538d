namespace RepoPulse.Configuration;

internal sealed record StorageSettings
{
    public required StorageProvider Provider { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>Whether the connection string was given, and is not the default.</summary>
    public required bool IsSet { get; init; }
}
