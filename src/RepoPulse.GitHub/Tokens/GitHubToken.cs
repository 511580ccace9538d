using System.Security.Cryptography;
using System.Text;
using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub.Tokens;

/// <summary>One way to ask GitHub: with a token, or without one. Carries what is known of its limits.</summary>
public sealed class GitHubToken
{
    internal GitHubToken(string? secret, GitHubOptions options, TimeProvider time)
    {
        Secret = secret;
        Fingerprint = secret is null ? "anonymous" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 6));
        Limit = new TokenLimit(time);
        Account = new GitHubAccount(this, options);
        Pace = new RequestPace(options.MaxRequestsPerMinute, options.MaxConcurrentRequests, time);
    }

    /// <summary>Twelve hexadecimal digits that tell tokens apart in cursors, logs and metrics, and reveal nothing of them.</summary>
    public string Fingerprint { get; }

    public bool IsAnonymous => Secret is null;

    /// <summary>Whether GitHub refused it (401). It stays out of use until the process starts anew.</summary>
    public bool IsRefused { get; private set; }

    public TokenLimit Limit { get; }

    public GitHubAccount Account { get; }

    internal string? Secret { get; }

    internal RequestPace Pace { get; }

    internal void Refuse() => IsRefused = true;
}
