namespace RepoPulse.Configuration;

internal sealed record AggregatorSettings
{
    public required IReadOnlyList<string> Urls { get; init; }
}
