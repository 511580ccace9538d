namespace RepoPulse.Configuration;

internal sealed record ArchiverSettings
{
    public required IReadOnlyList<string> Urls { get; init; }
}
