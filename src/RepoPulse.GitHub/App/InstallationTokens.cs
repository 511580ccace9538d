using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;
using RepoPulse.Core.Reading;

namespace RepoPulse.GitHub;

/// <summary>
/// Fetches an installation's tokens: one at a time, each before the last is over. A failure leaves the last in use until then, and is
/// followed by growing waits.
/// </summary>
internal sealed partial class InstallationTokens(
    GitHubAppOptions app,
    HttpExchange http,
    GitHubOptions options,
    GitHubMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>A clock that differs by so much may be why GitHub did not accept an assertion.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>A date further off is none, as for <see cref="GitHubClock"/>: an assertion could not even be dated by it.</summary>
    private static readonly TimeSpan MaxDifference = TimeSpan.FromDays(400);

    /// <summary>A token that is refused sooner than this after it was given is refused in a row with the one before.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(10);

    /// <summary>So many tokens in a row are replaced at once; after that the next is asked for with growing waits.</summary>
    private const int ReplacedAtOnce = 2;

    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Uri _url = new($"{options.ApiUrl.AbsoluteUri.TrimEnd('/')}/app/installations/{app.InstallationId}/access_tokens");
    private RawResponse? _failure;
    private TimeSpan _retryAt;
    private int _failures;
    private TimeSpan _grantedAt;
    private int _refusals;

    /// <summary>GitHub's clock, as <see cref="MonotonicTime.ZeroOf"/> has it; null until GitHub has said what time it is.</summary>
    private long? _clockZero;

    /// <summary>
    /// Sees to it that there is a token to ask with; null where there is, else what stands in place of GitHub's response.
    /// </summary>
    public async ValueTask<RawResponse?> EnsureAsync(GitHubToken token, CancellationToken cancellationToken)
    {
        var now = time.GetSteadyNow();
        if (token.Grant is { } grant && now < grant.RenewAt)
            return null;

        // While one request fetches the next token, the others go on with the last, as long as it holds.
        if (token.Grant is { } last && now < last.ExpiresAt)
        {
            if (now < _retryAt || !await _gate.WaitAsync(TimeSpan.Zero, CancellationToken.None))
                return null;
        }
        else
        {
            await _gate.WaitAsync(cancellationToken);
        }

        try
        {
            now = time.GetSteadyNow();
            if (token.Grant is { } present && now < present.RenewAt)
                return null;
            var failure = now < _retryAt ? _failure : await FetchAsync(token, cancellationToken);
            return token.Grant?.ExpiresAt > now ? null : failure;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// GitHub refused a token before its time: fetches another, unless that has been done; returns what <see cref="EnsureAsync"/> does.
    /// </summary>
    public async ValueTask<RawResponse?> ReplaceAsync(GitHubToken token, string? refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Another request may have replaced it already, or have found that it cannot be for now.
            if (token.Secret is { } present && present != refused)
                return null;
            var now = time.GetSteadyNow();
            if (token.Secret is not null)
            {
                // Each further request with it would be refused too.
                token.Drop();
                _refusals = now - _grantedAt < Lasting ? _refusals + 1 : 1;
                if (_refusals > ReplacedAtOnce && now >= _retryAt)
                    return Fail(
                        token,
                        RawResponse.Broken(_url, $"GitHub refused {_refusals} tokens in a row soon after it gave them"),
                        isWrong: false);
            }

            return now < _retryAt ? _failure : await FetchAsync(token, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask<RawResponse?> FetchAsync(GitHubToken token, CancellationToken cancellationToken)
    {
        var (grant, answer, isClockInDoubt) = await AskAsync(cancellationToken);
        metrics.Renewed(grant is not null);
        if (grant is null)
        {
            // The key, the App or the installation is wrong, and asking again will not help; or GitHub is not well, or has enough of us for
            // now.
            return Fail(token, answer, isWrong: (int)answer.Status is >= 400 and < 500 and not 408 && !isClockInDoubt);
        }

        // One that is followed while it was in use lasted. After several that were refused in a row the waits grow on, though tokens are
        // given.
        _refusals = token.Grant is null ? _refusals : 0;
        (_failure, _retryAt, _grantedAt) = (null, default, time.GetSteadyNow());
        _failures = _refusals > ReplacedAtOnce ? _failures : 0;
        token.Renew(grant);
        var expiresAt = ToWallClock(grant.ExpiresAt);
        LogRenewed(token.Name, token.Fingerprint, expiresAt);
        return null;
    }

    /// <summary>Takes note that there is no token for now, and when the next is asked for.</summary>
    private RawResponse Fail(GitHubToken token, RawResponse answer, bool isWrong)
    {
        var wait = MinWait * Math.Pow(2, Math.Min(_failures++, 10));
        wait = (wait < MaxWait ? wait : MaxWait) * (1 + random.NextDouble() / 10);
        // A server that says "at once" each time is not asked at once each time.
        _retryAt = time.GetSteadyNow() + (answer.Refusal?.RetryAfter is { } named && named > wait ? named : wait);
        _failure = Judge(answer, isWrong);
        var retryAt = ToWallClock(_retryAt);
        LogFailed(token.Name, answer.Error ?? "", retryAt);
        return _failure;
    }

    /// <returns>The response too where there is no token, and whether the clock that dated the assertion may be why.</returns>
    private async ValueTask<(InstallationGrant? Grant, RawResponse Answer, bool IsClockInDoubt)> AskAsync(
        CancellationToken cancellationToken)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var assumed = _clockZero ?? MonotonicTime.ZeroOf(time.GetUtcNow(), time.GetSteadyNow());
            using var request = GitHubRequest.Create(
                HttpMethod.Post, _url, AppJwt.Create(app, MonotonicTime.At(assumed, time.GetSteadyNow())));
            var (grant, answer) = await http.SendAsync(request, Read, fault => (null, RawResponse.Broken(_url, fault)), cancellationToken);

            // An assertion is dated, and one that was dated by a clock which is not GitHub's is worth another try. One: GitHub's machines
            // need not agree.
            var isClockInDoubt = answer.Status == HttpStatusCode.Unauthorized
                && Math.Abs((_clockZero ?? assumed) - assumed) >= ClockTolerance.Ticks;
            if (!isClockInDoubt)
                return (grant, answer, false);
            if (isSecond)
                return (grant, answer with { Error = $"{answer.Error}; the dates of its responses differ" }, true);
        }
    }

    private (InstallationGrant? Grant, RawResponse Answer) Read(HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        var steady = time.GetSteadyNow();
        var theirNow = response.Headers.Date is { } date && (date - now).Duration() <= MaxDifference ? date : now;
        _clockZero = MonotonicTime.ZeroOf(theirNow, steady);
        var answer = RawResponse.From(_url, response, body, now);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            return (null, answer);
        return InstallationGrant.Read(body, steady, theirNow) is { } grant
            ? (grant, answer)
            : (null, RawResponse.Broken(_url, "an answer without a token that is still good"));
    }

    /// <summary>What stands in place of GitHub's response to requests until the next token is asked for.</summary>
    private RawResponse Judge(RawResponse answer, bool isWrong)
    {
        var fault = $"no token for the installation {app.InstallationId} of the GitHub App {app.Id}: {answer.Error}";
        if (answer.Verdict == ResponseVerdict.Limited)
            return RawResponse.Withheld(_url, ResponseVerdict.Limited, ToWallClock(_retryAt)) with { Error = fault };
        return isWrong
            ? RawResponse.Withheld(_url, ResponseVerdict.TokenRefused, null) with { Error = fault }
            : RawResponse.Broken(_url, fault);
    }

    private DateTimeOffset ToWallClock(TimeSpan steady) => time.GetUtcNow() + (steady - time.GetSteadyNow());

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "{Token} has a new token, {Fingerprint}, until {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogRenewed(string token, string fingerprint, DateTimeOffset expiresAt);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "GitHub gave {Token} no new token ({Fault}); asked again at {RetryAt:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogFailed(string token, string fault, DateTimeOffset retryAt);
}

/// <summary>The installation of a GitHub App to ask as.</summary>
public sealed record GitHubAppOptions
{
    /// <summary>The App's id or client id.</summary>
    public required string Id { get; init; }

    public required long InstallationId { get; init; }

    public required AppPrivateKey PrivateKey { get; init; }
}

/// <summary>A token that GitHub gave an installation for an hour.</summary>
/// <param name="RenewAt">In steady time, as <paramref name="ExpiresAt"/>, so that setting the machine's clock changes neither. When to
/// fetch the next: long enough before the end that a few failures do no harm.</param>
internal sealed record InstallationGrant(string Secret, TimeSpan RenewAt, TimeSpan ExpiresAt)
{
    /// <summary>GitHub gives them for an hour; one that seems to hold for longer is renewed all the same.</summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(65);

    /// <summary>One that is over sooner is as good as none: it would be renewed with nearly every request.</summary>
    private static readonly TimeSpan MinLifetime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Reads the response to <c>POST /app/installations/ID/access_tokens</c>; null where it is none, or of a token that is over.
    /// </summary>
    /// <param name="now">When the response came, in steady time.</param>
    /// <param name="theirNow">The same by GitHub's clock.</param>
    public static InstallationGrant? Read(ReadOnlyMemory<byte> body, TimeSpan now, DateTimeOffset theirNow)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.Text("token") is not { Length: > 0 } secret
                || root.Part("expires_at").AsTime() is not { } expiresAt
                || expiresAt - theirNow < MinLifetime)
                return null;
            var left = expiresAt - theirNow < MaxLifetime ? expiresAt - theirNow : MaxLifetime;
            return new InstallationGrant(secret, now + left - (left / 10 < Ahead ? left / 10 : Ahead), now + left);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
