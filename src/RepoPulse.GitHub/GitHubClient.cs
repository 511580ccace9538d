using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Repositories;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub;

/// <summary>
/// Asks GitHub, one request at a time. What GitHub may answer is a return value, never an exception; only the caller's cancellation is thrown.
/// Redirects are reported and not followed: a token must not travel to a host that an answer names.
/// </summary>
public sealed partial class GitHubClient
{
    /// <summary>The most of an answer that is read. A page of 100 events with payloads at GitHub's bounds stays far below.</summary>
    private const int MaxAnswerBytes = 64 << 20;

    private readonly HttpClient _http;
    private readonly GitHubOptions _options;
    private readonly GitHubMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<GitHubClient> _logger;
    private readonly ResiliencePipeline<RawAnswer> _resilience;

    public GitHubClient(HttpClient http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time, Random random, ILogger<GitHubClient> logger)
    {
        _http = http;
        _options = options;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _http.Timeout = Timeout.InfiniteTimeSpan; // each attempt has its own, and TimeProvider keeps it
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
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

    /// <summary>The first page of a feed, as large as GitHub makes them.</summary>
    /// <param name="path">Relative to the API's root, such as <c>repos/dotnet/runtime</c> or <c>repositories/210716005</c>.</param>
    public Uri FirstPage(string path) => Absolute($"{path}/events?per_page={FeedLimits.MaxPageSize}");

    /// <summary>Whether an address is at the API's own scheme, host and port, so that a token may be sent to it.</summary>
    public bool IsOwn(Uri address) => Uri.Compare(address, _options.ApiUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>A page of a feed.</summary>
    public async ValueTask<FeedAnswer> GetPageAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request.Page, request.ETag, request.Token, cancellationToken).ConfigureAwait(false);
        return answer.ToFeedAnswer(request.Page);
    }

    /// <summary>What GitHub calls a repository now. Asked only where events cannot tell: an empty feed, a redirect.</summary>
    /// <param name="path">As for <see cref="FirstPage"/>.</param>
    public async ValueTask<RepositoryAnswer> GetRepositoryAsync(string path, GitHubToken token, CancellationToken cancellationToken)
    {
        var url = Absolute(path);
        for (var redirects = 0; ; redirects++)
        {
            var answer = await SendAsync(url, null, token, cancellationToken).ConfigureAwait(false);
            var feedAnswer = answer.ToFeedAnswer(url);
            var moved = feedAnswer.Kind is FeedAnswerKind.MovedPermanently or FeedAnswerKind.MovedTemporarily;
            if (!moved || redirects == FeedLimits.MaxRedirects || feedAnswer.Location is not { } location || !IsOwn(location))
                return RepositoryAnswer.From(feedAnswer);
            url = location;
        }
    }

    /// <summary>
    /// The path, as <see cref="FirstPage"/> takes it, of a feed that a redirect names; null where the address is not a feed of this API.
    /// </summary>
    public string? PathOf(Uri feed)
    {
        const string Suffix = "/events";
        var root = _options.ApiUrl.AbsolutePath.TrimEnd('/') + "/";
        return IsOwn(feed) && feed.AbsolutePath.StartsWith(root, StringComparison.Ordinal) && feed.AbsolutePath.EndsWith(Suffix, StringComparison.Ordinal)
            ? feed.AbsolutePath[root.Length..^Suffix.Length]
            : null;
    }

    /// <summary>Whether GitHub accepts a token: a page where it does. Costs nothing of the primary limit.</summary>
    public async ValueTask<FeedAnswer> CheckTokenAsync(GitHubToken token, CancellationToken cancellationToken)
    {
        var url = Absolute("rate_limit");
        return (await SendAsync(url, null, token, cancellationToken).ConfigureAwait(false)).ToFeedAnswer(url);
    }

    private Uri Absolute(string path) => new($"{_options.ApiUrl.AbsoluteUri.TrimEnd('/')}/{path}");

    private async ValueTask<RawAnswer> SendAsync(Uri url, string? etag, GitHubToken token, CancellationToken cancellationToken)
    {
        var answer = await _resilience.ExecuteAsync(
            static (state, cancellation) => state.Client.AttemptAsync(state.Url, state.ETag, state.Token, cancellation),
            (Client: this, Url: url, ETag: etag, Token: token),
            cancellationToken).ConfigureAwait(false);
        if (answer.IsWithheld)
            return answer;
        switch (answer.Verdict)
        {
            case AnswerVerdict.TokenRefused when !token.IsAnonymous:
                if (!token.IsRefused)
                    LogTokenRefused(token.Fingerprint);
                token.Refuse();
                break;
            case AnswerVerdict.Limited:
                answer = answer with { RetryAt = token.Limit.Refused(answer.RateLimit, answer.RetryAfter) };
                _metrics.Limited();
                LogLimited(token.Fingerprint, answer.RetryAt.Value, answer.Fault ?? "");
                break;
            default:
                token.Limit.Accepted(answer.RateLimit);
                break;
        }

        return answer;
    }

    private async ValueTask<RawAnswer> AttemptAsync(Uri url, string? etag, GitHubToken token, CancellationToken cancellationToken)
    {
        using var slot = await token.Pace.EnterAsync(cancellationToken).ConfigureAwait(false);

        // Asked only now: while this request waited for its place, the answer to another may have named a limit or refused the token.
        if (token.IsRefused)
            return RawAnswer.Withheld(url, AnswerVerdict.TokenRefused, null);
        if (token.Limit.BlockedUntil is { } blockedUntil)
            return RawAnswer.Withheld(url, AnswerVerdict.Limited, blockedUntil);
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = GitHubRequest.Get(url, etag, token);
        RawAnswer answer;
        try
        {
            // The whole body is read here, so that an answer cut off half-way is retried like one that never came.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, linked.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            answer = RawAnswer.From(url, response, body, _time.GetUtcNow());
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

    [LoggerMessage(Level = LogLevel.Error, Message = "GitHub refused the token {Fingerprint} (401): it is out of use until it is replaced in GitHub:Tokens and the process starts anew")]
    private partial void LogTokenRefused(string fingerprint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The token {Fingerprint} met a limit of GitHub's ({Fault}): silent until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogLimited(string fingerprint, DateTimeOffset until, string fault);
}
