namespace RepoPulse.GitHub;

/// <summary>How GitHub is reached, and how gently.</summary>
public sealed record GitHubOptions
{
    /// <summary>The API's root; a GitHub Enterprise Server's ends in <c>/api/v3</c>.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.github.com");

    /// <summary>Personal access tokens. None, and no <see cref="App"/>: 60 requests an hour for the machine's address.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>A GitHub App's installation to ask as, in place of or beside <see cref="Tokens"/>.</summary>
    public GitHubAppOptions? App { get; init; }

    /// <summary>For one request with its whole response. GitHub itself cuts a request off after 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For each user. GitHub's secondary limit is 900 points a minute, and a GET costs one
    /// (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).</summary>
    public int MaxRequestsPerMinute { get; init; } = 900;

    /// <summary>For each user. GitHub's secondary limit is 100.</summary>
    public int MaxConcurrentRequests { get; init; } = 80;

    /// <summary>Attempts after the first, for responses of 5xx, time-outs and broken connections.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The wait before the first retry; doubled with each further one, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
