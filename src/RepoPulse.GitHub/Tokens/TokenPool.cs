namespace RepoPulse.GitHub;

/// <summary>
/// The tokens in use, and whose they are. A feed keeps its token as long as that token is usable, because an ETag belongs to the token that
/// received it: another token would get a full response, and pay for it.
/// </summary>
public sealed class TokenPool
{
    private const ulong Offset = 14695981039346656037UL;

    private readonly GitHubToken[] _tokens;
    private readonly GitHubOptions _options;
    private readonly TimeProvider _time;

    public TokenPool(GitHubOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var pace = NewPace();
        GitHubToken[] users = [.. options.Tokens
            .Distinct(StringComparer.Ordinal)
            .Select(secret => GitHubToken.OfUser(secret, this, options, pace, time))];
        _tokens = (users, options.App) switch
        {
            ([], null) => [GitHubToken.Anonymous(this, options, pace, time)],
            (_, null) => users,
            (_, { } app) => [.. users, GitHubToken.OfInstallation(app.InstallationId, this, options, NewPace(), time)],
        };
        Recognition = new AccountDetection(users, time) { Found = Apply };
    }

    public IReadOnlyList<GitHubToken> Tokens => _tokens;

    /// <summary>
    /// Whose limits the tokens fall under, each once: fewer than the tokens where some are one user's, which is learned from the responses.
    /// </summary>
    public IReadOnlyList<GitHubAccount> Accounts => [.. _tokens.Select(token => token.Account).Distinct()];

    /// <summary>Whether GitHub refused every token, so that nothing can be asked until someone changes the configuration.</summary>
    public bool IsExhausted => _tokens.All(token => token.IsRefused);

    public TokenPoolState Condition =>
        IsExhausted ? TokenPoolState.Exhausted : WaitsUntil is null ? TokenPoolState.Usable : TokenPoolState.Waiting;

    /// <summary>When the first token may be used again, where every one that GitHub has not refused waits for a limit; else null.</summary>
    public DateTimeOffset? WaitsUntil
    {
        get
        {
            DateTimeOffset? first = null;
            foreach (var token in _tokens)
            {
                if (token.IsRefused)
                    continue;
                if (token.Account.BlockedUntil is not { } until)
                    return null;
                first = first is { } earlier && earlier < until ? earlier : until;
            }

            return first;
        }
    }

    internal AccountDetection Recognition { get; }

    /// <summary>
    /// The feed's token; null if every one was refused. The preferred one while it is usable, else by rendezvous hashing: a token that
    /// falls out moves only its own feeds, and every collector with the same tokens comes to the same choice.
    /// </summary>
    /// <param name="preferred">The fingerprint of the token that the feed's ETags belong to.</param>
    public GitHubToken? Select(FeedAddress feed, string? preferred = null)
    {
        GitHubToken? best = null;
        var most = 0UL;
        var prefix = Hash(Offset, feed.ToString());
        foreach (var token in _tokens)
        {
            if (token.IsRefused)
                continue;
            if (preferred is not null && token.HasFingerprint(preferred))
                return token;
            var weight = Weight(prefix, token);
            if (best is null || weight > most)
                (best, most) = (token, weight);
        }

        return best;
    }

    /// <summary>
    /// Another account's token that can be used now, to compare with: one whose responses are not known to be stale. Null where there is
    /// none.
    /// </summary>
    /// <param name="ordinal">Which of several: callers count on, so that all take turns.</param>
    public GitHubToken? SelectOther(GitHubAccount account, int ordinal)
    {
        GitHubToken[] others = [.. Accounts
            .Where(other => other != account && other.BlockedUntil is null)
            .Select(other => other.Tokens.FirstOrDefault(token => token is { IsRefused: false, IsStale: false, IsAnonymous: false }))
            .OfType<GitHubToken>()];
        return others.Length == 0 ? null : others[(int)((uint)ordinal % others.Length)];
    }

    /// <summary>Takes note of what is known of the tokens in common with other collectors.</summary>
    public void Apply(IReadOnlyCollection<TokenReport> shared)
    {
        foreach (var account in Accounts)
        {
            var collectors = 1;
            foreach (var (_, users, wait) in shared.Where(other => account.Tokens.Any(token => token.Name == other.Token)))
            {
                collectors = Math.Max(collectors, users);
                if (wait > TimeSpan.Zero)
                    account.Limit.Wait(wait);
            }

            account.Collectors = collectors;
        }

        // Of accounts that may be one user's, and so have one pace, the one that most share decides.
        foreach (var together in Accounts.GroupBy(account => account.Pace))
            together.Key.Collectors = together.Max(account => account.Collectors);
    }

    /// <summary>FNV-1a over both names: stable across processes and versions, unlike the runtime's own string hash.</summary>
    private static ulong Weight(ulong prefix, GitHubToken token)
    {
        var hash = Hash(prefix, token.Name);
        return hash ^ (hash >> 29);
    }

    private static ulong Hash(ulong hash, string name)
    {
        foreach (var c in name)
            hash = (hash ^ char.ToUpperInvariant(c)) * 1099511628211UL;
        return hash;
    }

    private RequestPace NewPace() => new(_options.MaxRequestsPerMinute, _options.MaxConcurrentRequests, _time);

    private void Apply(GitHubToken a, GitHubToken b, SameAccountVerdict kinship)
    {
        if (kinship == SameAccountVerdict.Same && a.Account != b.Account)
            a.Account.Absorb(b.Account, _tokens);
        else if (kinship == SameAccountVerdict.Apart)
            PartPaces();
    }

    /// <summary>
    /// In doubt one pace: accounts that may be one user's keep a common one, since the limits that guard against bursts are a user's. Here
    /// each group of such accounts gets its own.
    /// </summary>
    private void PartPaces()
    {
        var taken = new HashSet<RequestPace>();
        var left = Accounts.ToList();
        while (left.Count > 0)
        {
            var group = new List<GitHubAccount> { left[0] };
            left.RemoveAt(0);
            for (var i = 0; i < group.Count; i++)
            {
                var near = left.FindAll(
                    account => account.Tokens.Any(token => group[i].Tokens.Any(other => Recognition.MayBeOne(token, other))));
                group.AddRange(near);
                left.RemoveAll(near.Contains);
            }

            var pace = taken.Add(group[0].Pace) ? group[0].Pace : NewPace();
            taken.Add(pace);
            foreach (var account in group)
                account.Pace = pace;
        }
    }
}

/// <summary>Whether anything can be asked of GitHub.</summary>
public enum TokenPoolState
{
    /// <summary>With one token at least.</summary>
    Usable,

    /// <summary>Every token that GitHub has not refused waits for a limit to end.</summary>
    Waiting,

    /// <summary>GitHub refused every token: nothing can be asked until someone changes the configuration.</summary>
    Exhausted,
}
