using System.Globalization;
using System.Security.Cryptography;
using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Accounts;

/// <summary>GitHub Apps, their public keys, and where they are installed.</summary>
public sealed class AppDirectory
{
    private const int SecretLength = 36;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly WorldOptions _options;
    private readonly Dictionary<string, RSA> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Installation> _installations = [];
    private int _issued;

    internal AppDirectory(WorldOptions options) => _options = options;

    /// <summary>Registers an app: what its private key signs is taken as its own.</summary>
    /// <param name="publicKeyPem">Of an RSA key.</param>
    public void Add(long appId, string publicKeyPem)
    {
        var key = RSA.Create();
        key.ImportFromPem(publicKeyPem);
        lock (_lock)
            _keys[appId.ToString(CultureInfo.InvariantCulture)] = key;
    }

    /// <summary>Installs an app; an installation has a limit of its own.</summary>
    /// <param name="limit">Requests an hour: GitHub gives 5,000 to 12,500, by the installation's size.</param>
    public Account Install(long appId, long installationId, int limit = 5_000)
    {
        var name = "installation-" + installationId.ToString(CultureInfo.InvariantCulture);
        var account = new Account(name, installationId, AccountKind.Installation, limit, _options.Limits);
        lock (_lock)
            _installations[installationId] = new Installation(appId.ToString(CultureInfo.InvariantCulture), account);
        return account;
    }

    internal IReadOnlyList<Account> Installations
    {
        get
        {
            lock (_lock)
                return [.. _installations.Values.Select(installation => installation.Account)];
        }
    }

    internal RSA? KeyOf(string appId)
    {
        lock (_lock)
            return _keys.GetValueOrDefault(appId);
    }

    /// <summary>A new token for an installation; null where the app has none of this id.</summary>
    internal IssuedToken? Issue(string appId, long installationId, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_installations.TryGetValue(installationId, out var installation) || installation.AppId != appId)
                return null;
            var draws = Draws.Of(_options.Seed, DrawKind.Token, installationId, ++_issued);
            var secret = string.Create(SecretLength, draws, static (characters, draws) =>
            {
                foreach (ref var c in characters)
                    c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[draws.Next(62)];
            });

            // To the second, as it is sent.
            var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + Lifetime).ToUnixTimeSeconds());
            return new IssuedToken("ghs_" + secret, installation.Account, expiresAt);
        }
    }

    private sealed record Installation(string AppId, Account Account);
}
