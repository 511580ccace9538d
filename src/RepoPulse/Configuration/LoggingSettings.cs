namespace RepoPulse.Configuration;

internal sealed record LoggingSettings
{
    public required LogLevel Level { get; init; }

    public required LogFormat Format { get; init; }
}
