using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.AccountDetection;

/// <summary>
/// GitHub as far as it counts: a request is counted when it is looked at, somewhere between its sending and its response, and given back
/// when it turns out to be a 304. Requests overlap and get their responses in any order. All users' windows end in the same second: the
/// worst case.
/// </summary>
internal sealed class CountingGitHub
{
    private readonly Dictionary<GitHubToken, string> _users = [];
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private readonly Random _random;

    /// <param name="users">The user of each token.</param>
    public CountingGitHub(int seed, params IReadOnlyList<string> users)
    {
        _random = new Random(seed);
        Pool = new TokenPool(new GitHubOptions { Tokens = [.. Enumerable
            .Range(0, users.Count)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"token-{i}"))] }, Time);
        foreach (var (token, user) in Pool.Tokens.Zip(users))
            _users[token] = user;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public TokenPool Pool { get; }

    public int Requests { get; private set; }

    /// <summary>The chance of a response by 304.</summary>
    public double Unchanged { get; init; }

    /// <summary>How many requests others make as each user for one of ours, on average.</summary>
    public double Strangers { get; init; }

    /// <summary>How many requests a user had already made in the window.</summary>
    public void Used(string user, int requests) => _used[user] = requests;

    /// <summary>Makes requests with tokens drawn by chance, so many at a time.</summary>
    public void Run(int requests, int atOnce, Func<bool>? until = null)
    {
        var underWay = new List<Request>();
        for (var begun = 0; begun < requests || underWay.Count > 0;)
        {
            if (until?.Invoke() == true)
                return;
            if (begun < requests && underWay.Count < atOnce && (underWay.Count == 0 || _random.NextDouble() < 0.5))
            {
                var token = Pool.Tokens[_random.Next(Pool.Tokens.Count)];
                underWay.Add(new Request(token, Pool.Recognition.Begin(token), _random.NextDouble() < Unchanged));
                begun++;
                Requests++;
                continue;
            }

            var index = _random.Next(underWay.Count);
            var request = underWay[index];
            var user = _users[request.Token];
            if (request.Used is { } used)
            {
                if (request.IsUnchanged)
                    _used[user]--;
                Pool.Recognition.End(
                    request.Token, request.Mark, request.IsUnchanged ? RequestCharge.Free : RequestCharge.One, Limit(used));
                underWay.RemoveAt(index);
                continue;
            }

            while (_random.NextDouble() < Strangers / (1 + Strangers))
                _used[user] = _used.GetValueOrDefault(user) + 1;
            _used[user] = _used.GetValueOrDefault(user) + 1;
            underWay[index] = request with { Used = _used[user] };
        }
    }

    private RateLimit Limit(int used)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("X-RateLimit-Limit", "15000");
        response.Headers.Add("X-RateLimit-Remaining", (15_000 - used).ToString(CultureInfo.InvariantCulture));
        response.Headers.Add("X-RateLimit-Used", used.ToString(CultureInfo.InvariantCulture));
        response.Headers.Add("X-RateLimit-Reset", Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return RateLimit.From(response.Headers, Time.GetUtcNow())!.Value;
    }

    /// <param name="Used">What the response will say; null until GitHub has looked at the request.</param>
    private sealed record Request(GitHubToken Token, RequestSnapshot Mark, bool IsUnchanged, int? Used = null);
}
