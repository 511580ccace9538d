using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Requests;

/// <summary>Sends requests: at their account's pace, never while it is blocked, and again where no good answer came.</summary>
internal sealed partial class RequestSender
{
    private readonly HttpClient _http;
    private readonly GitHubOptions _options;
    private readonly GitHubMetrics _metrics;
    private readonly AnswerBook _book;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<RawAnswer> _resilience;

    public RequestSender(HttpClient http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time, Random random, ILogger logger)
    {
        _http = http;
        _options = options;
        _metrics = metrics;
        _book = new AnswerBook(metrics, logger);
        _time = time;
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
                    _metrics.Retried();
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
        // Asked before, so that a request that will not be sent takes no place from those that will; and after, because while this one waited the
        // answer to another may have named a limit or refused the token.
        if (Withhold(url, token) is { } withheld)
            return withheld;
        using var slot = await token.Account.Pace.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (Withhold(url, token) is { } stopped)
            return stopped;
        var mark = token.Pool.Recognition.Begin(token);
        RawAnswer? answer = null;
        try
        {
            answer = await AskAsync(url, etag, token, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            answer = _book.Enter(answer ?? RawAnswer.Broken(url, "cancelled"), token, mark, isFree);
        }

        return answer;
    }

    private static RawAnswer? Withhold(Uri url, GitHubToken token)
    {
        if (token.IsRefused)
            return RawAnswer.Withheld(url, AnswerVerdict.TokenRefused, null);
        return token.Account.BlockedUntil is { } until ? RawAnswer.Withheld(url, AnswerVerdict.Limited, until) : null;
    }

    private async ValueTask<RawAnswer> AskAsync(Uri url, string? etag, GitHubToken token, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = GitHubRequest.Get(url, etag, token);
        RawAnswer answer;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            var arrivedAt = _time.GetUtcNow();

            // The whole body is read here, so that an answer cut off half-way is retried like one that never came.
            await response.Content.LoadIntoBufferAsync(GitHubClient.MaxAnswerBytes, linked.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            answer = RawAnswer.From(url, response, body, arrivedAt);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            answer = RawAnswer.Broken(url, $"no answer within {_options.RequestTimeout} (GitHub:RequestTimeout)");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            answer = RawAnswer.Broken(url, e.InnerException?.Message ?? e.Message);
        }

        _metrics.Answered(answer.Status);
        return answer;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub did not answer {Url} as it should ({Fault}); asking again in {Delay}")]
    private partial void LogRetry(Uri url, string fault, TimeSpan delay);
}
