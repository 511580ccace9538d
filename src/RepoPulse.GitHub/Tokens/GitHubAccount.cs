namespace RepoPulse.GitHub;

/// <summary>
/// Whose limits a token falls under: a user with any number of tokens, the installation of a GitHub App, or the machine's address where
/// there is no token. Of two accounts that turn out to be one user's, one is left: ask <see cref="GitHubToken.Account"/> again for every
/// request.
/// </summary>
public sealed class GitHubAccount
{
    private volatile IReadOnlyList<GitHubToken> _tokens;
    private volatile RequestPace _pace;
    private volatile int _collectors = 1;

    internal GitHubAccount(GitHubToken token, GitHubOptions options, RequestPace pace, TimeProvider time)
    {
        _tokens = [token];
        _pace = pace;
        IsAnonymous = token.IsAnonymous;
        MaxRequestsPerMinute = options.MaxRequestsPerMinute;
        Limit = new AccountLimit(IsAnonymous, MaxRequestsPerMinute, time);
    }

    /// <summary>Never empty, in the configured order.</summary>
    public IReadOnlyList<GitHubToken> Tokens => _tokens;

    /// <summary>What logs and metrics call it: its first token.</summary>
    public string Name => _tokens[0].Name;

    /// <summary>Whether it is the machine's address. A 304 costs it a request like any other response.</summary>
    public bool IsAnonymous { get; }

    /// <summary>The primary limit as last seen; null before the first response.</summary>
    public RateLimit? Primary => Limit.Primary;

    /// <summary>When something may be asked again; null if now. Until then nothing is sent.</summary>
    public DateTimeOffset? BlockedUntil => Limit.BlockedUntil;

    /// <summary>
    /// Requests of the hourly limit left to others who use the account: a fiftieth, at least one, none of an address. When no more than
    /// these remain, the account waits for the reset.
    /// </summary>
    public int Reserve => Limit.Reserve;

    public int MaxRequestsPerMinute { get; }

    /// <summary>How many collectors use it, this one included: its limits are for all of them together.</summary>
    public int Collectors
    {
        get => _collectors;
        internal set => _collectors = value;
    }

    internal AccountLimit Limit { get; }

    /// <summary>Shared with every account that may yet turn out to be the same user's.</summary>
    internal RequestPace Pace
    {
        get => _pace;
        set => _pace = value;
    }

    /// <summary>
    /// An estimate of the requests that may still be spent, the reserve left out, and of how long they have to last: what remains until the
    /// reset; a fresh hour where that has passed; before the first response what GitHub documents: 5,000 an hour, 60 without a token. A
    /// server that names no limit is bounded by <see cref="MaxRequestsPerMinute"/> alone.
    /// </summary>
    public (int Requests, TimeSpan Until) RequestsLeft(DateTimeOffset now) => Limit.RequestsLeft(now);

    /// <summary>Takes in the tokens of an account that turned out to be this one.</summary>
    internal void Absorb(GitHubAccount other, IReadOnlyList<GitHubToken> configured)
    {
        Limit.Absorb(other.Limit);
        var joined = _tokens.Concat(other._tokens).ToHashSet();
        _tokens = [.. configured.Where(joined.Contains)];
        foreach (var token in other._tokens)
            token.Account = this;
    }
}
