using System.Collections.Immutable;
using RepoPulse.GitHub.Limits;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Recognition;

/// <summary>
/// Counts the requests of all tokens, and finds out from the answers which tokens are one user's, without a request of its own. Thread-safe; what it
/// finds it tells while it holds its lock, so that it is told in order.
/// </summary>
/// <param name="users">The tokens that may be one user's; an installation is always an account of its own.</param>
internal sealed class AccountRecognition(IReadOnlyList<GitHubToken> users, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TokenComparison[,] _comparisons = Pairs(users.Count);
    private readonly Dictionary<GitHubToken, int> _indices = users.Index().ToDictionary(user => user.Item, user => user.Index);
    private readonly RequestCount[] _own = new RequestCount[users.Count];
    private readonly long?[] _userIds = new long?[users.Count];
    private RequestCount _all;
    private long _steps;
    private ImmutableArray<UsageReading?> _known = [.. new UsageReading?[users.Count]];
    private int _undecided = users.Count * (users.Count - 1) / 2;

    /// <summary>Told of two tokens whose kinship has become known.</summary>
    public Action<GitHubToken, GitHubToken, Kinship>? Found { get; set; }

    /// <summary>A request is about to be sent.</summary>
    public RequestMark Begin(GitHubToken token)
    {
        lock (_lock)
        {
            var own = default(RequestCount);
            if (_indices.TryGetValue(token, out var index))
            {
                own = _own[index];
                _own[index] = own.Begin();
            }

            var mark = new RequestMark(++_steps, _all, own, _undecided > 0 ? _known : []);
            _all = _all.Begin();
            return mark;
        }
    }

    /// <summary>A request has been answered, or never will be; answers when, on the scale of <see cref="RequestMark.SentAt"/>.</summary>
    public long End(GitHubToken token, in RequestMark mark, RequestCharge charge, RateLimit? limit)
    {
        lock (_lock)
        {
            _all = _all.End(charge);
            if (_indices.TryGetValue(token, out var index))
            {
                _own[index] = _own[index].End(charge);
                if (!mark.Known.IsEmpty && charge == RequestCharge.One && limit is { IsCore: true } usage)
                    Weigh(index, mark, new UsageReading(usage, mark.All, mark.Own, _own[index], _all.Begun - mark.All.Ended - 1));
            }

            return ++_steps;
        }
    }

    /// <summary>GitHub named the user whom a token belongs to.</summary>
    public void Named(GitHubToken token, long userId)
    {
        lock (_lock)
        {
            if (!_indices.TryGetValue(token, out var index))
                return;
            _userIds[index] = userId;
            for (var other = 0; other < users.Count; other++)
            {
                if (other != index && _userIds[other] is { } otherId)
                    Settle(index, other, otherId == userId ? Kinship.Same : Kinship.Apart);
            }
        }
    }

    /// <summary>Whether two tokens may be one user's, for all that is known.</summary>
    public bool MayBeOne(GitHubToken a, GitHubToken b)
    {
        lock (_lock)
            return _indices.TryGetValue(a, out var i) && _indices.TryGetValue(b, out var j) && (i == j || Comparison(i, j).Kinship != Kinship.Apart);
    }

    private static TokenComparison[,] Pairs(int tokens)
    {
        var pairs = new TokenComparison[tokens, tokens];
        for (var i = 0; i < tokens; i++)
        {
            for (var j = i + 1; j < tokens; j++)
                pairs[i, j] = new TokenComparison();
        }

        return pairs;
    }

    private TokenComparison Comparison(int a, int b) => _comparisons[Math.Min(a, b), Math.Max(a, b)];

    private void Weigh(int index, in RequestMark mark, in UsageReading reading)
    {
        for (var other = 0; other < users.Count; other++)
        {
            if (other == index || mark.Known[other] is not { } others)
                continue;
            var comparison = Comparison(index, other);
            if (comparison.Kinship != Kinship.Unknown)
                continue;
            comparison.Weigh(index < other ? 0 : 1, reading, mark, _all, mark.Known[index], others, time.GetUtcNow());
            if (comparison.Kinship != Kinship.Unknown)
                Tell(index, other, comparison.Kinship);
        }

        _known = _known.SetItem(index, reading);
    }

    private void Settle(int a, int b, Kinship kinship)
    {
        var comparison = Comparison(a, b);
        if (comparison.Kinship == kinship)
            return;
        if (comparison.Kinship != Kinship.Unknown)
            _undecided++;
        comparison.Settle(kinship);
        Tell(a, b, kinship);
    }

    private void Tell(int a, int b, Kinship kinship)
    {
        _undecided--;
        Found?.Invoke(users[a], users[b], kinship);
    }
}
