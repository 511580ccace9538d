using System.Security.Cryptography;
using System.Text;
using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub.Tokens;

/// <summary>One way to ask GitHub: with a token, or without one.</summary>
public sealed class GitHubToken
{
    private volatile GitHubAccount _account;
    private int _isRefused;

    internal GitHubToken(string? secret, TokenPool pool, GitHubOptions options, RequestPace pace, TimeProvider time)
    {
        Pool = pool;
        Secret = secret;
        Fingerprint = secret is null ? "anonymous" : FingerprintOf(secret);
        Name = Fingerprint;
        _account = new GitHubAccount(this, options, pace, time);
    }

    /// <summary>Twelve hexadecimal digits that tell tokens apart in cursors, and reveal nothing of them. An ETag belongs to one of these.</summary>
    public string Fingerprint { get; }

    /// <summary>What logs and metrics call it.</summary>
    public string Name { get; }

    public bool IsAnonymous => Secret is null;

    /// <summary>Whether GitHub refused it (401). It stays out of use until the process starts anew.</summary>
    public bool IsRefused => _isRefused != 0;

    /// <summary>Whose limits it falls under. It may come to share another's: see <see cref="GitHubAccount"/>.</summary>
    public GitHubAccount Account
    {
        get => _account;
        internal set => _account = value;
    }

    /// <summary>Whether it has, or had in this process, the fingerprint.</summary>
    internal bool Bears(string fingerprint) => Fingerprint == fingerprint;

    internal TokenPool Pool { get; }

    internal string? Secret { get; }

    /// <summary>Puts it out of use; answers whether it was in use until now.</summary>
    internal bool Refuse() => Interlocked.Exchange(ref _isRefused, 1) == 0;

    private static string FingerprintOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 6));
}
