namespace RepoPulse.Configuration;

internal sealed record StatisticsSettings
{
    public required TimeSpan WindowDuration { get; init; }

    public required int WindowEvents { get; init; }

    public required int BatchSize { get; init; }
}
