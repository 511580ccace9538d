namespace GitHubSimulator.Faults;

/// <summary>What the weather has for one request.</summary>
internal readonly record struct RequestWeather
{
    public Fault? Fault { get; init; }

    /// <summary>There and back.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>302 or 307 to a repository's address by id, or 0.</summary>
    public int Redirect { get; init; }

    /// <summary>How far the replica that responds lags behind.</summary>
    public TimeSpan Staleness { get; init; }
}
