using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.App;

/// <summary>
/// A GitHub that gives an installation tokens, each good for an hour, and responds with an empty feed to a request with the newest.
/// </summary>
internal sealed class StubApp : IDisposable
{
    private readonly Queue<HttpResponseMessage> _refusals = new();
    private readonly Dictionary<string, DateTimeOffset> _given = new(StringComparer.Ordinal);

    public StubApp(GitHubOptions? options = null)
    {
        GitHub = new StubGitHub((options ?? new GitHubOptions { MaxRetries = 0 }) with { App = SomeApp.Options }) { Answer = Respond };
        Token = GitHub.Tokens.Tokens.Single(token => token.IsInstallation);
    }

    public StubGitHub GitHub { get; }

    public GitHubToken Token { get; }

    /// <summary>How much later GitHub's clock is than ours.</summary>
    public TimeSpan Ahead { get; set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public int Given => _given.Count;

    /// <summary>Requests for a token, those refused included.</summary>
    public int Asked { get; private set; }

    public List<string> Used { get; } = [];

    private DateTimeOffset TheirNow => GitHub.Time.GetUtcNow() + Ahead;

    /// <summary>The next request for a token gets this response.</summary>
    public StubApp Refuses(int status, string message = "No", params (string Name, string Value)[] headers)
    {
        _refusals.Enqueue(StubGitHub.Response(status, $$"""{"message":"{{message}}"}""", headers));
        return this;
    }

    /// <summary>No token given so far is good any more.</summary>
    public void Revoke() => _given.Keys.ToList().ForEach(token => _given[token] = default);

    public void Dispose() => GitHub.Dispose();

    private HttpResponseMessage Respond(HttpRequestMessage request)
    {
        var date = ("Date", TheirNow.ToString("R", CultureInfo.InvariantCulture));
        var bearer = request.Headers.Authorization!.Parameter!;
        if (request.Method == HttpMethod.Get)
        {
            lock (Used)
                Used.Add(bearer);
            var isGood = _given.TryGetValue(bearer, out var until) && TheirNow < until;
            return isGood ? StubGitHub.Response(200, "[]", date) : StubGitHub.Response(401, """{"message":"Bad credentials"}""", date);
        }

        Assert.Equal(
            $"{GitHub.Options.ApiUrl.AbsoluteUri.TrimEnd('/')}/app/installations/678/access_tokens", request.RequestUri!.AbsoluteUri);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.StartsWith("RepoPulse/", request.Headers.UserAgent.ToString(), StringComparison.Ordinal);
        Asked++;
        if (_refusals.TryDequeue(out var refusal))
            return refusal;
        if (Fault(bearer) is { } fault)
            return StubGitHub.Response(401, $$"""{"message":"{{fault}}"}""", date);
        var token = string.Create(CultureInfo.InvariantCulture, $"ghs_{Asked}");
        _given[token] = TheirNow + Lifetime;
        return StubGitHub.Response(201, $$"""{"token":"{{token}}","expires_at":"{{_given[token]:yyyy-MM-ddTHH:mm:ssZ}}"}""", date);
    }

    /// <summary>What GitHub finds wrong with an assertion; null for nothing.</summary>
    private string? Fault(string jwt)
    {
        var parts = jwt.Split('.');
        if (!SomeApp.Verifies(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])))
            return "A JSON web token could not be decoded";
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var issued = DateTimeOffset.FromUnixTimeSeconds(payload.RootElement.GetProperty("iat").GetInt64());
        var expires = DateTimeOffset.FromUnixTimeSeconds(payload.RootElement.GetProperty("exp").GetInt64());
        if (payload.RootElement.GetProperty("iss").GetString() != SomeApp.Options.Id)
            return "Integration not found";
        return issued > TheirNow || expires <= TheirNow ? "'Issued at' claim ('iat') or 'Expiration time' claim ('exp') is wrong"
            : expires > TheirNow.AddMinutes(10) || expires - issued > TimeSpan.FromMinutes(10)
                ? "'Expiration time' claim ('exp') is too far in the future"
                : null;
    }
}
