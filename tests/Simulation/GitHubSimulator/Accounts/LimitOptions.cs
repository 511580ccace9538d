namespace GitHubSimulator.Accounts;

/// <summary>How much may be asked, and how a response over it looks; the defaults are GitHub's own.</summary>
public sealed record LimitOptions
{
    /// <summary>Requests in a <see cref="Window"/> from one address without a token.</summary>
    public int Unauthenticated { get; init; } = 60;

    /// <summary>Requests in a <see cref="Window"/> of one user, by whichever of the user's tokens.</summary>
    public int PerUser { get; init; } = 5_000;

    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>403 or 429: GitHub uses both.</summary>
    public int PrimaryStatus { get; init; } = 403;

    /// <summary>The secondary limit on requests within any 60 seconds; a GET costs one point, free of the primary limit or not.</summary>
    public int PointsPerMinute { get; init; } = 900;

    public int MaxConcurrent { get; init; } = 100;

    /// <summary>403 or 429: GitHub uses both.</summary>
    public int SecondaryStatus { get; init; } = 403;

    /// <summary>How long one is shut out after exceeding a secondary limit.</summary>
    public TimeSpan SecondaryPenalty { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a response over a secondary limit says <c>Retry-After</c>: as a rule it does.</summary>
    public bool SendRetryAfter { get; init; } = true;

    /// <summary>
    /// How long a refusal is on its way to the client, which until then cannot heed it. None where client and simulator are one process;
    /// over a socket a request may have left before the refusal came.
    /// </summary>
    public TimeSpan NoticePeriod { get; init; }
}
