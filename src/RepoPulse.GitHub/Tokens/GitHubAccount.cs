using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub.Tokens;

public sealed class GitHubAccount
{
    internal GitHubAccount(GitHubToken token, GitHubOptions options)
    {
        Tokens = [token];
        MaxRequestsPerMinute = options.MaxRequestsPerMinute;
    }

    public IReadOnlyList<GitHubToken> Tokens { get; }

    public bool IsAnonymous => Tokens[0].IsAnonymous;

    public RateLimit? Primary => Tokens[0].Limit.Primary;

    public DateTimeOffset? BlockedUntil => Tokens[0].Limit.BlockedUntil;

    public int MaxRequestsPerMinute { get; }

    public (int Requests, TimeSpan Until) RequestsLeft(DateTimeOffset now)
        => Primary is { } primary && primary.ResetsAt > now ? (primary.Remaining, primary.ResetsAt - now) : (Primary?.Limit ?? (IsAnonymous ? 60 : 5000), TimeSpan.FromHours(1));
}
