namespace RepoPulse.Configuration;

internal sealed record GitHubSettings
{
    public required Uri ApiUrl { get; init; }

    public required IReadOnlyList<string> Tokens { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxRequestsPerMinute { get; init; }

    public required int MaxConcurrentRequests { get; init; }
}
