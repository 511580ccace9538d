using GitHubSimulator.World;

namespace GitHubSimulator.Accounts;

/// <summary>The users, their tokens, and the addresses that ask without one.</summary>
public sealed class AccountDirectory
{
    private readonly Lock _lock = new();
    private readonly WorldOptions _options;
    private readonly Dictionary<string, Account> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Account> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Account> _addresses = new(StringComparer.Ordinal);

    internal AccountDirectory(WorldOptions options) => _options = options;

    /// <summary>The user of a login, made with the given hourly limit if there is none yet.</summary>
    public Account User(string login, int? limit = null)
    {
        lock (_lock)
        {
            if (!_users.TryGetValue(login, out var user))
                _users.Add(login, user = new(login, StableId.Of(login), isUser: true, limit ?? _options.Limits.PerUser, _options.Limits));
            return user;
        }
    }

    /// <summary>Gives a user a token; all tokens of a user share one limit.</summary>
    public Account AddToken(string login, string token)
    {
        lock (_lock)
            return _byToken[token] = User(login);
    }

    /// <summary>From now on the token is answered with 401.</summary>
    public void Revoke(string token)
    {
        lock (_lock)
            _byToken.Remove(token);
    }

    /// <summary>What an address without a token is accounted to.</summary>
    public Account Address(string address)
    {
        lock (_lock)
        {
            if (!_addresses.TryGetValue(address, out var account))
                _addresses.Add(address, account = new(address, 0, isUser: false, _options.Limits.Unauthenticated, _options.Limits));
            return account;
        }
    }

    /// <summary>Whose token it is; null where GitHub would say "Bad credentials".</summary>
    public Account? Holder(string token)
    {
        lock (_lock)
        {
            if (_byToken.TryGetValue(token, out var account))
                return account;
            return _options.AcceptAnyToken ? AddToken($"user-{StableId.Of(token)}", token) : null;
        }
    }
}
