using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace RepoPulse.GitHub;

/// <summary>Sends requests: at their account's pace, never while it is blocked, and again where no good response came.</summary>
internal sealed partial class RequestSender
{
    private readonly HttpExchange _http;
    private readonly ResponseRecorder _book;
    private readonly InstallationTokens? _installation;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<RawResponse> _resilience;

    public RequestSender(
        HttpClient http, GitHubOptions options, GitHubMetrics metrics, GitHubClock clock, TimeProvider time, Random random, ILogger logger)
    {
        _http = new HttpExchange(http, options, metrics, clock, time);
        _book = new ResponseRecorder(metrics, logger);
        _installation = options.App is { } app ? new InstallationTokens(app, _http, options, metrics, time, random, logger) : null;
        _logger = logger;
        _resilience = new ResiliencePipelineBuilder<RawResponse> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<RawResponse>
            {
                MaxRetryAttempts = Math.Max(1, options.MaxRetries),
                ShouldHandle = arguments => ValueTask.FromResult(
                    options.MaxRetries > 0 && arguments.Outcome.Result is { IsWorthRetrying: true }),
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(30),
                UseJitter = true,
                Randomizer = random.NextDouble,
                OnRetry = arguments =>
                {
                    LogRetry(arguments.Outcome.Result!.Url, arguments.Outcome.Result.Error ?? "", arguments.RetryDelay);
                    metrics.Retried();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <param name="isFree">Whether a response in full counts against no limit.</param>
    public ValueTask<RawResponse> SendAsync(Uri url, string? etag, GitHubToken token, bool isFree, CancellationToken cancellationToken)
        => _resilience.ExecuteAsync(
            static (state, cancellation) => state.Sender.AttemptAsync(state.Url, state.ETag, state.Token, state.IsFree, cancellation),
            (Sender: this, Url: url, ETag: etag, Token: token, IsFree: isFree),
            cancellationToken);

    private async ValueTask<RawResponse> AttemptAsync(
        Uri url, string? etag, GitHubToken token, bool isFree, CancellationToken cancellationToken)
    {
        var isSecond = false;
        while (true)
        {
            // Asked before, so that a request that will not be sent takes no place from those that will; and after, because while this one
            // waited the response to another may have named a limit or refused the token.
            if (Withhold(url, token) is { } withheld)
                return withheld;
            if (token.IsInstallation && await _installation!.EnsureAsync(token, cancellationToken) is { } lack)
                return _book.RecordTokenUnavailable(lack, token);
            // An installation's token is renewed before a place is taken, so that waiting for a new one holds up no other request.
            using var slot = await token.Account.Pace.EnterAsync(cancellationToken);
            if (Withhold(url, token) is { } stopped)
                return stopped;
            var secret = token.Secret;
            // The token was refused to another request while this one waited: without any it would be asked as a stranger.
            if (secret is null && token.IsInstallation)
                continue;
            var entry = await AskAsync(url, etag, secret, token, isFree, cancellationToken);
            if (entry.Answer.Verdict != ResponseVerdict.TokenRefused || !token.IsInstallation || isSecond)
                return _book.Conclude(entry, token);
            if (await _installation!.ReplaceAsync(token, secret, cancellationToken) is { } failure)
                return _book.RecordTokenUnavailable(failure, token);
            isSecond = true;
        }
    }

    private static RawResponse? Withhold(Uri url, GitHubToken token)
    {
        if (token.IsRefused)
            return RawResponse.Withheld(url, ResponseVerdict.TokenRefused, null);
        return token.Account.BlockedUntil is { } until ? RawResponse.Withheld(url, ResponseVerdict.Limited, until) : null;
    }

    private async ValueTask<RecordedResponse> AskAsync(
        Uri url, string? etag, string? secret, GitHubToken token, bool isFree, CancellationToken cancellationToken)
    {
        using var request = GitHubRequest.Create(HttpMethod.Get, url, secret, etag);
        // Counted before it is sent: what others' responses say meanwhile may include this request.
        var mark = token.Pool.Recognition.Begin(token);
        var entry = default(RecordedResponse?);
        try
        {
            var answer = await _http.SendAsync(
                request,
                (response, body, arrivedAt) => RawResponse.From(url, response, body, arrivedAt),
                fault => RawResponse.Broken(url, fault),
                cancellationToken);
            entry = ResponseRecorder.Enter(answer, token, mark, isFree);
            return entry.Value;
        }
        finally
        {
            // A request that was cancelled was sent all the same, and may count: it is ended as unknown, or the counts would never agree
            // again.
            if (entry is null)
                ResponseRecorder.Enter(RawResponse.Broken(url, "given up"), token, mark, isFree);
        }
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning, Message = "GitHub did not answer {Url} as it should ({Fault}); asking again in {Delay}")]
    private partial void LogRetry(Uri url, string fault, TimeSpan delay);
}
