using System.Net;
using Microsoft.Extensions.Logging;
using RepoPulse.GitHub.Requests;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Apps;

/// <summary>
/// Fetches an installation's tokens: one at a time, each before the last is over. A failure leaves the last in use until then, and is followed by
/// growing waits.
/// </summary>
internal sealed partial class InstallationTokens(
    GitHubAppOptions app, HttpExchange http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time, Random random, ILogger logger) : IDisposable
{
    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>A clock that differs by so much may be why GitHub did not accept an assertion.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Uri _url = new($"{options.ApiUrl.AbsoluteUri.TrimEnd('/')}/app/installations/{app.InstallationId}/access_tokens");
    private RawAnswer? _failure;
    private DateTimeOffset _retryAt;
    private int _failures;
    private TimeSpan _clockDifference;

    /// <summary>Sees to it that there is a token to ask with; null where there is, else what stands in place of GitHub's answer.</summary>
    public async ValueTask<RawAnswer?> EnsureAsync(GitHubToken token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (token.Grant is { } grant && now < grant.RenewAt)
            return null;

        // While one request fetches the next token, the others go on with the last, as long as it holds.
        if (token.Grant is { } last && now < last.ExpiresAt)
        {
            if (now < _retryAt || !await _gate.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
                return null;
        }
        else
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            now = time.GetUtcNow();
            if (token.Grant is { } present && now < present.RenewAt)
                return null;
            var failure = now < _retryAt ? _failure : await FetchAsync(token, cancellationToken).ConfigureAwait(false);
            return token.Grant?.ExpiresAt > now ? null : failure;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>GitHub refused a token before its time: fetches another, unless that has been done; answers as <see cref="EnsureAsync"/> does.</summary>
    public async ValueTask<RawAnswer?> ReplaceAsync(GitHubToken token, string? refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (token.Secret != refused)
                return null;
            return time.GetUtcNow() < _retryAt ? _failure : await FetchAsync(token, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask<RawAnswer?> FetchAsync(GitHubToken token, CancellationToken cancellationToken)
    {
        var (grant, answer) = await AskAsync(cancellationToken).ConfigureAwait(false);
        metrics.Renewed(grant is not null);
        if (grant is not null)
        {
            (_failure, _failures, _retryAt) = (null, 0, default);
            token.Renew(grant);
            LogRenewed(token.Name, token.Fingerprint, grant.ExpiresAt);
            return null;
        }

        var now = time.GetUtcNow();
        var wait = MinWait * Math.Pow(2, Math.Min(_failures++, 10));
        wait = (wait < MaxWait ? wait : MaxWait) * (1 + random.NextDouble() / 10);
        _retryAt = now + (answer.Refusal?.RetryAfter ?? wait);
        _failure = Judge(answer, now);
        LogFailed(token.Name, answer.Fault ?? "", _retryAt);
        return _failure;
    }

    private async ValueTask<(InstallationGrant? Grant, RawAnswer Answer)> AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var assumed = _clockDifference;
            using var request = GitHubRequest.Create(HttpMethod.Post, _url, AppJwt.Create(app, time.GetUtcNow() + assumed));
            var (grant, answer) = await http.SendAsync(request, Read, fault => (null, RawAnswer.Broken(_url, fault)), cancellationToken).ConfigureAwait(false);

            // An assertion is dated, and one that was dated by a clock which is not GitHub's is worth another try.
            if (answer.Status != HttpStatusCode.Unauthorized || (_clockDifference - assumed).Duration() < ClockTolerance)
                return (grant, answer);
        }
    }

    private (InstallationGrant? Grant, RawAnswer Answer) Read(HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        var theirNow = response.Headers.Date ?? now;
        _clockDifference = theirNow - now;
        var answer = RawAnswer.From(_url, response, body, now);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            return (null, answer);
        return InstallationGrant.Read(body, now, theirNow) is { } grant ? (grant, answer) : (null, RawAnswer.Broken(_url, "an answer without a token that is still good"));
    }

    /// <summary>The key, the App or the installation is wrong, and asking again will not help; or GitHub is not well, or has enough of us for now.</summary>
    private RawAnswer Judge(RawAnswer answer, DateTimeOffset now)
    {
        var fault = $"no token for the installation {app.InstallationId} of the GitHub App {app.Id}: {answer.Fault}";
        if (answer.Verdict == AnswerVerdict.Limited)
            return RawAnswer.Withheld(_url, AnswerVerdict.Limited, _retryAt) with { Fault = fault };
        var isWrong = (int)answer.Status is >= 400 and < 500 and not 408;
        return isWrong ? RawAnswer.Withheld(_url, AnswerVerdict.TokenRefused, null) with { Fault = fault } : RawAnswer.Broken(_url, fault);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Token} has a new token, {Fingerprint}, until {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogRenewed(string token, string fingerprint, DateTimeOffset expiresAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub gave {Token} no new token ({Fault}); asked again at {RetryAt:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogFailed(string token, string fault, DateTimeOffset retryAt);
}
