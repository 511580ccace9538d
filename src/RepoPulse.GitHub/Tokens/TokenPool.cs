using System.Text;
using RepoPulse.Events;

namespace RepoPulse.GitHub.Tokens;

/// <summary>
/// The tokens in use. A feed keeps its token as long as that token is usable, because an ETag belongs to the token that received it: another
/// token would be answered in full, and pay for it.
/// </summary>
public sealed class TokenPool
{
    private readonly GitHubToken[] _tokens;

    public TokenPool(GitHubOptions options, TimeProvider time)
    {
        var secrets = options.Tokens.Distinct(StringComparer.Ordinal).ToArray();
        _tokens = secrets.Length == 0
            ? [new GitHubToken(null, options, time)]
            : [.. secrets.Select(secret => new GitHubToken(secret, options, time))];
    }

    public IReadOnlyList<GitHubToken> Tokens => _tokens;

    public IReadOnlyList<GitHubAccount> Accounts => [.. _tokens.Select(token => token.Account)];

    /// <summary>Whether GitHub refused every token, so that nothing can be asked until someone changes the configuration.</summary>
    public bool IsExhausted => _tokens.All(token => token.IsRefused);

    /// <summary>
    /// The feed's token; null if every one was refused. By rendezvous hashing: a token that falls out moves only its own feeds, and every
    /// collector with the same tokens comes to the same choice.
    /// </summary>
    public GitHubToken? Select(FeedAddress feed, string? preferred = null)
    {
        if (preferred is not null && _tokens.FirstOrDefault(token => token.Fingerprint == preferred && !token.IsRefused) is { } pinned)
            return pinned;
        var usable = _tokens.Where(token => !token.IsRefused).ToArray();
        return usable.Length <= 1 ? usable.FirstOrDefault() : usable.MaxBy(token => Weight(feed, token));
    }

    /// <summary>FNV-1a over both names: stable across processes and versions, unlike the runtime's own string hash.</summary>
    private static ulong Weight(FeedAddress feed, GitHubToken token)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(feed.ToString().ToUpperInvariant() + token.Fingerprint))
            hash = (hash ^ b) * 1099511628211UL;
        return hash ^ (hash >> 29);
    }
}
