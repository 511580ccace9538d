using GitHubSimulator.World;

namespace GitHubSimulator.Accounts;

/// <summary>The users, their tokens, the GitHub Apps, and the addresses that ask without a token.</summary>
public sealed class AccountDirectory
{
    private readonly Lock _lock = new();
    private readonly GitHubWorld _world;
    private readonly Dictionary<string, Account> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IssuedToken> _bySecret = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Account> _addresses = new(StringComparer.Ordinal);

    internal AccountDirectory(GitHubWorld world)
    {
        _world = world;
        Apps = new AppDirectory(world.Options);
    }

    /// <summary>The tokens of users that are good now, in the order of their making.</summary>
    public IReadOnlyList<string> Tokens
    {
        get
        {
            lock (_lock)
                return [.. _bySecret.Values.Where(token => token.Holder.Kind == AccountKind.User).Select(token => token.Secret)];
        }
    }

    public AppDirectory Apps { get; }

    private LimitOptions Limits => _world.Options.Limits;

    /// <summary>The user of a login, made with the given hourly limit if there is none yet.</summary>
    public Account User(string login, int? limit = null)
    {
        lock (_lock)
        {
            if (!_users.TryGetValue(login, out var user))
                _users.Add(login, user = new(login, StableId.Of(login), AccountKind.User, limit ?? Limits.PerUser, Limits));
            return user;
        }
    }

    /// <summary>The tokens of a user that are good now.</summary>
    public IReadOnlyList<string> TokensOf(string login)
    {
        lock (_lock)
            return [.. _bySecret.Values.Where(token => token.Holder == User(login)).Select(token => token.Secret)];
    }

    /// <summary>Gives a user a token; all tokens of a user share one limit.</summary>
    public Account AddToken(string login, string token)
    {
        lock (_lock)
            return (_bySecret[token] = new IssuedToken(token, User(login), ExpiresAt: null)).Holder;
    }

    /// <summary>From now on requests with the token get 401.</summary>
    public void Revoke(string token)
    {
        lock (_lock)
            _bySecret.Remove(token);
    }

    /// <summary>Gives a token's holder another: from now on requests with the old one get 401.</summary>
    /// <exception cref="ArgumentException">The old one is no good token.</exception>
    public void Replace(string token, string by)
    {
        lock (_lock)
        {
            if (!_bySecret.Remove(token, out var old))
                throw new ArgumentException("Nobody has this token.", nameof(token));
            _bySecret[by] = old with { Secret = by };
        }
    }

    /// <summary>What an address without a token is accounted to.</summary>
    public Account Address(string address)
    {
        lock (_lock)
        {
            if (!_addresses.TryGetValue(address, out var account))
                _addresses.Add(address, account = new(address, 0, AccountKind.Address, Limits.Unauthenticated, Limits));
            return account;
        }
    }

    /// <summary>Whose token it is; null where GitHub would say "Bad credentials".</summary>
    public Account? Holder(string token)
    {
        lock (_lock)
        {
            if (_bySecret.TryGetValue(token, out var issued))
                return issued.ExpiresAt <= _world.Time.GetUtcNow() ? null : issued.Holder;
            return _world.Options.AcceptAnyToken ? AddToken($"user-{StableId.Of(token)}", token) : null;
        }
    }

    /// <summary>A client that starts again knows nothing of the waits that the one before was given.</summary>
    public void ForgetNotices()
    {
        lock (_lock)
            foreach (var account in _users.Values.Concat(_addresses.Values).Concat(Apps.Installations))
                account.Notices.Forget();
    }

    internal void Issue(IssuedToken token)
    {
        lock (_lock)
            _bySecret[token.Secret] = token;
    }
}
