using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using RepoPulse.GitHub.Apps;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Requests;

/// <summary>Sends requests: at their account's pace, never while it is blocked, and again where no good answer came.</summary>
internal sealed partial class RequestSender
{
    private readonly HttpExchange _http;
    private readonly AnswerBook _book;
    private readonly InstallationTokens? _installation;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<RawAnswer> _resilience;

    public RequestSender(HttpClient http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time, Random random, ILogger logger)
    {
        _http = new HttpExchange(http, options, metrics, time);
        _book = new AnswerBook(metrics, logger);
        _installation = options.App is { } app ? new InstallationTokens(app, _http, options, metrics, time, random, logger) : null;
        _logger = logger;
        _resilience = new ResiliencePipelineBuilder<RawAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<RawAnswer>
            {
                MaxRetryAttempts = Math.Max(1, options.MaxRetries),
                ShouldHandle = arguments => ValueTask.FromResult(options.MaxRetries > 0 && arguments.Outcome.Result is { IsWorthRetrying: true }),
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(30),
                UseJitter = true,
                Randomizer = random.NextDouble,
                OnRetry = arguments =>
                {
                    LogRetry(arguments.Outcome.Result!.Url, arguments.Outcome.Result.Fault ?? "", arguments.RetryDelay);
                    metrics.Retried();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <param name="isFree">Whether an answer in full counts against no limit.</param>
    public ValueTask<RawAnswer> SendAsync(Uri url, string? etag, GitHubToken token, bool isFree, CancellationToken cancellationToken)
        => _resilience.ExecuteAsync(
            static (state, cancellation) => state.Sender.AttemptAsync(state.Url, state.ETag, state.Token, state.IsFree, cancellation),
            (Sender: this, Url: url, ETag: etag, Token: token, IsFree: isFree),
            cancellationToken);

    private async ValueTask<RawAnswer> AttemptAsync(Uri url, string? etag, GitHubToken token, bool isFree, CancellationToken cancellationToken)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            // Asked before, so that a request that will not be sent takes no place from those that will; and after, because while this one waited
            // the answer to another may have named a limit or refused the token.
            if (Withhold(url, token) is { } withheld)
                return withheld;
            if (token.IsInstallation && await _installation!.EnsureAsync(token, cancellationToken).ConfigureAwait(false) is { } lack)
                return _book.Lack(lack, token);
            using var slot = await token.Account.Pace.EnterAsync(cancellationToken).ConfigureAwait(false);
            if (Withhold(url, token) is { } stopped)
                return stopped;
            var secret = token.Secret;
            var entry = await AskAsync(url, etag, secret, token, isFree, cancellationToken).ConfigureAwait(false);
            if (entry.Answer.Verdict != AnswerVerdict.TokenRefused || !token.IsInstallation || isSecond)
                return _book.Conclude(entry, token);
            if (await _installation!.ReplaceAsync(token, secret, cancellationToken).ConfigureAwait(false) is { } failure)
                return _book.Lack(failure, token);
        }
    }

    private static RawAnswer? Withhold(Uri url, GitHubToken token)
    {
        if (token.IsRefused)
            return RawAnswer.Withheld(url, AnswerVerdict.TokenRefused, null);
        return token.Account.BlockedUntil is { } until ? RawAnswer.Withheld(url, AnswerVerdict.Limited, until) : null;
    }

    private async ValueTask<AnswerEntry> AskAsync(Uri url, string? etag, string? secret, GitHubToken token, bool isFree, CancellationToken cancellationToken)
    {
        using var request = GitHubRequest.Create(HttpMethod.Get, url, secret, etag);
        var mark = token.Pool.Recognition.Begin(token);
        var entry = default(AnswerEntry?);
        try
        {
            var answer = await _http.SendAsync(
                request,
                (response, body, arrivedAt) => RawAnswer.From(url, response, body, arrivedAt),
                fault => RawAnswer.Broken(url, fault),
                cancellationToken).ConfigureAwait(false);
            entry = AnswerBook.Enter(answer, token, mark, isFree);
            return entry.Value;
        }
        finally
        {
            if (entry is null)
                AnswerBook.Enter(RawAnswer.Broken(url, "given up"), token, mark, isFree);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub did not answer {Url} as it should ({Fault}); asking again in {Delay}")]
    private partial void LogRetry(Uri url, string fault, TimeSpan delay);
}
