namespace RepoPulse.Configuration;

internal sealed record GitHubSettings
{
    public required Uri ApiUrl { get; init; }

    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Null where none is configured.</summary>
    public required GitHubAppSettings? App { get; init; }

    /// <summary>Whether nothing is configured to ask with, so that the machine's address is all there is.</summary>
    public bool IsAnonymous => Tokens.Count == 0 && App is null;

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxRequestsPerMinute { get; init; }

    public required int MaxConcurrentRequests { get; init; }
}
