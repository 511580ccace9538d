using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace RepoPulse.GitHub;

/// <summary>
/// One way to ask GitHub: with a user's token, with the tokens that an installation of a GitHub App is given in turn, or without any.
/// </summary>
public sealed class GitHubToken
{
    private readonly string? _secret;
    private volatile GitHubAccount _account;
    private volatile InstallationGrant? _grant;
    private volatile string _fingerprint;
    private ImmutableHashSet<string> _formerFingerprints = [];
    private int _isRefused;
    private int _isStale;

    private GitHubToken(
        string name,
        string? secret,
        TokenPool pool,
        GitHubOptions options,
        RequestPace pace,
        TimeProvider time,
        bool isInstallation = false)
    {
        _secret = secret;
        _fingerprint = isInstallation ? FingerprintOf(name) : name;
        Name = name;
        Pool = pool;
        IsInstallation = isInstallation;
        IsAnonymous = secret is null && !isInstallation;
        _account = new GitHubAccount(this, options, pace, time);
    }

    /// <summary>
    /// Twelve hexadecimal digits that distinguish tokens in cursors, and reveal nothing of them. An ETag belongs to one of these: an
    /// installation has another with every token that it is given.
    /// </summary>
    public string Fingerprint => _fingerprint;

    /// <summary>What logs and metrics call it, and by what feeds are shared out: stays the same.</summary>
    public string Name { get; }

    public bool IsAnonymous { get; }

    /// <summary>Whether it is the installation of a GitHub App.</summary>
    public bool IsInstallation { get; }

    /// <summary>Whether GitHub refused it (401). It stays out of use until the process starts again.</summary>
    public bool IsRefused => _isRefused != 0;

    /// <summary>
    /// Whether GitHub was found to give it stale responses, while another account saw newer events: then it is asked without conditions.
    /// </summary>
    public bool IsStale => Volatile.Read(ref _isStale) != 0;

    /// <summary>Whose limits it falls under. It may come to share another's: see <see cref="GitHubAccount"/>.</summary>
    public GitHubAccount Account
    {
        get => _account;
        internal set => _account = value;
    }

    internal TokenPool Pool { get; }

    /// <summary>An installation's present token; null before the first, and of any other kind.</summary>
    internal InstallationGrant? Grant => _grant;

    internal string? Secret => IsInstallation ? _grant?.Secret : _secret;

    internal static GitHubToken Anonymous(TokenPool pool, GitHubOptions options, RequestPace pace, TimeProvider time)
        => new("anonymous", null, pool, options, pace, time);

    internal static GitHubToken OfUser(string secret, TokenPool pool, GitHubOptions options, RequestPace pace, TimeProvider time)
        => new(FingerprintOf(secret), secret, pool, options, pace, time);

    internal static GitHubToken OfInstallation(long id, TokenPool pool, GitHubOptions options, RequestPace pace, TimeProvider time)
        => new($"installation-{id}", null, pool, options, pace, time, isInstallation: true);

    /// <summary>Whether it has, or had in this process, a fingerprint.</summary>
    internal bool HasFingerprint(string fingerprint) => Fingerprint == fingerprint || _formerFingerprints.Contains(fingerprint);

    /// <summary>Puts it out of use; returns whether it was in use until now.</summary>
    internal bool Refuse() => Interlocked.Exchange(ref _isRefused, 1) == 0;

    /// <summary>Notes whether its responses are stale; returns whether that is new.</summary>
    internal bool SetStale(bool isStale) => Interlocked.Exchange(ref _isStale, isStale ? 1 : 0) != (isStale ? 1 : 0);

    /// <summary>Called by one thread at a time.</summary>
    internal void Renew(InstallationGrant grant)
    {
        _formerFingerprints = _formerFingerprints.Add(_fingerprint);
        (_grant, _fingerprint) = (grant, FingerprintOf(grant.Secret));
    }

    /// <summary>Forgets an installation's present token, which GitHub refused. Called by one thread at a time.</summary>
    internal void Drop() => _grant = null;

    private static string FingerprintOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 6));
}
