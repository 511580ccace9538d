using System.Collections.Immutable;

namespace RepoPulse.GitHub;

/// <summary>
/// Counts the requests of all tokens, and finds out from the responses which tokens are one user's, without a request of its own.
/// Thread-safe; what it finds it reports while it holds its lock, so that it is reported in order.
/// </summary>
/// <param name="users">The tokens that may be one user's; an installation is always an account of its own.</param>
internal sealed class AccountDetection(IReadOnlyList<GitHubToken> users, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TokenComparison[,] _comparisons = Pairs(users.Count);
    private readonly Dictionary<GitHubToken, int> _indices = users.Index().ToDictionary(user => user.Item, user => user.Index);
    private readonly RequestCount[] _own = new RequestCount[users.Count];
    private readonly long?[] _userIds = new long?[users.Count];
    private RequestCount _all;
    private long _steps;
    private ImmutableArray<UsageSample?> _known = [.. new UsageSample?[users.Count]];
    private int _undecided = users.Count * (users.Count - 1) / 2;

    /// <summary>Called with two tokens once it is known whether they are one account's.</summary>
    public Action<GitHubToken, GitHubToken, SameAccountVerdict>? Found { get; set; }

    /// <summary>A request is about to be sent.</summary>
    public RequestSnapshot Begin(GitHubToken token)
    {
        lock (_lock)
        {
            var own = default(RequestCount);
            if (_indices.TryGetValue(token, out var index))
            {
                own = _own[index];
                _own[index] = own.Begin();
            }

            var mark = new RequestSnapshot(++_steps, _all, own, _undecided > 0 ? _known : []);
            _all = _all.Begin();
            return mark;
        }
    }

    /// <summary>A request has a response, or never will have; returns when, on the scale of <see cref="RequestSnapshot.SentAt"/>.</summary>
    public long End(GitHubToken token, in RequestSnapshot mark, RequestCharge charge, RateLimit? limit)
    {
        lock (_lock)
        {
            _all = _all.End(charge);
            if (_indices.TryGetValue(token, out var index))
            {
                _own[index] = _own[index].End(charge);
                if (!mark.Known.IsEmpty && charge == RequestCharge.One && limit is { IsCore: true } usage)
                    Weigh(index, mark, new UsageSample(usage, mark.All, mark.Own, _own[index], _all.Begun - mark.All.Ended - 1));
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
                    Settle(index, other, otherId == userId ? SameAccountVerdict.Same : SameAccountVerdict.Apart);
            }
        }
    }

    /// <summary>Whether two tokens may be one user's, for all that is known.</summary>
    public bool MayBeOne(GitHubToken a, GitHubToken b)
    {
        lock (_lock)
            return _indices.TryGetValue(a, out var i)
                && _indices.TryGetValue(b, out var j)
                && (i == j || Comparison(i, j).Kinship != SameAccountVerdict.Apart);
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

    private void Weigh(int index, in RequestSnapshot mark, in UsageSample reading)
    {
        for (var other = 0; other < users.Count; other++)
        {
            if (other == index || mark.Known[other] is not { } others)
                continue;
            var comparison = Comparison(index, other);
            if (comparison.Kinship != SameAccountVerdict.Unknown)
                continue;
            comparison.Weigh(index < other ? 0 : 1, reading, mark, _all, mark.Known[index], others, time.GetUtcNow());
            if (comparison.Kinship != SameAccountVerdict.Unknown)
                SetVerdict(index, other, comparison.Kinship);
        }

        _known = _known.SetItem(index, reading);
    }

    private void Settle(int a, int b, SameAccountVerdict kinship)
    {
        var comparison = Comparison(a, b);
        if (comparison.Kinship == kinship)
            return;
        if (comparison.Kinship != SameAccountVerdict.Unknown)
            _undecided++;
        comparison.Settle(kinship);
        SetVerdict(a, b, kinship);
    }

    private void SetVerdict(int a, int b, SameAccountVerdict kinship)
    {
        _undecided--;
        Found?.Invoke(users[a], users[b], kinship);
    }
}

/// <summary>What is known of two tokens.</summary>
internal enum SameAccountVerdict
{
    Unknown,

    /// <summary>They are one user's: what one uses, both have used.</summary>
    Same,

    /// <summary>They are two users'.</summary>
    Apart,
}

/// <summary>What was known when a request was sent: only what was known then came before its response for certain.</summary>
/// <param name="SentAt">Its place among all requests and responses of the process.</param>
/// <param name="All">Requests of every token until then.</param>
/// <param name="Own">Requests of its own token until then.</param>
/// <param name="Known">The last reading of every token until then; empty where nothing is left to find out.</param>
internal readonly record struct RequestSnapshot(long SentAt, RequestCount All, RequestCount Own, ImmutableArray<UsageSample?> Known);
