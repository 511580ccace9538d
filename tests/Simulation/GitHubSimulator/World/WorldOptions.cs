using GitHubSimulator.Accounts;

namespace GitHubSimulator.World;

/// <summary>What a <see cref="GitHubWorld"/> is like; the defaults are GitHub's own.</summary>
public sealed record WorldOptions
{
    /// <summary>Of everything drawn by chance: ids, payloads, request ids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The first value of <c>X-Poll-Interval</c>; whole seconds.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far back a feed reaches, at most <see cref="FeedLength"/> events.</summary>
    public TimeSpan FeedAge { get; init; } = TimeSpan.FromDays(30);

    public int FeedLength { get; init; } = 300;

    public IReadOnlyList<string> ApiVersions { get; init; } = ["2022-11-28"];

    public LimitOptions Limits { get; init; } = new();

    /// <summary>How many requests are kept whole.</summary>
    public int KeptRequests { get; init; } = 100_000;

    /// <summary>Whether it is kept which events were shown; runs with millions may do without.</summary>
    public bool KeepsShown { get; init; } = true;

    /// <summary>Takes a token that nobody was given as a user's of its own, where GitHub responds with 401.</summary>
    public bool AcceptAnyToken { get; init; }
}
