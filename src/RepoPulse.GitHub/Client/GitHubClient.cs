using Microsoft.Extensions.Logging;

namespace RepoPulse.GitHub;

/// <summary>
/// Asks GitHub, one request at a time. Whatever GitHub's response is, it is a return value, never an exception; only the caller's
/// cancellation is thrown. Redirects are reported and not followed: a token must not travel to a host that a response names.
/// </summary>
public sealed class GitHubClient
{
    private readonly GitHubOptions _options;
    private readonly GitHubMetrics _metrics;
    private readonly RequestSender _sender;

    public GitHubClient(
        HttpClient http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time, Random random, ILogger<GitHubClient> logger)
    {
        (_options, _metrics) = (options, metrics);
        http.Timeout = Timeout.InfiniteTimeSpan; // each attempt has its own, and TimeProvider keeps it
        Clock = new GitHubClock(time);
        metrics.Show(Clock);
        _sender = new RequestSender(http, options, metrics, Clock, time, random, logger);
    }

    /// <summary>The time by GitHub's clock.</summary>
    public GitHubClock Clock { get; }

    /// <summary>The first page of a feed, as large as GitHub makes them.</summary>
    /// <param name="path">Relative to the API's root, such as <c>repos/dotnet/runtime</c> or <c>repositories/210716005</c>.</param>
    public Uri FirstPage(string path) => Absolute($"{path}/events?per_page={FeedLimits.MaxPageSize}");

    /// <summary>Whether an address is at the API's own scheme, host and port, so that a token may be sent to it.</summary>
    public bool IsOwn(Uri address) =>
        Uri.Compare(address, _options.ApiUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>A page of a feed.</summary>
    public async ValueTask<FeedResponse> GetPageAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(request.Page, request.ETag, request.Token, isFree: false, cancellationToken);
        return answer.ToFeedResponse(request.Page);
    }

    /// <summary>What GitHub calls a repository now. Asked only where events cannot say: an empty feed, a redirect.</summary>
    /// <param name="path">As for <see cref="FirstPage"/>.</param>
    public async ValueTask<RepositoryResponse> GetRepositoryAsync(string path, GitHubToken token, CancellationToken cancellationToken)
    {
        var url = Absolute(path);
        for (var redirects = 0; ; redirects++)
        {
            var answer = await _sender.SendAsync(url, null, token, isFree: false, cancellationToken);
            var feedAnswer = answer.ToFeedResponse(url);
            var moved = feedAnswer.Kind is FeedResponseKind.MovedPermanently or FeedResponseKind.MovedTemporarily;
            if (!moved || redirects == FeedLimits.MaxRedirects || feedAnswer.Location is not { } location || !IsOwn(location))
                return RepositoryResponse.From(feedAnswer);
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
        return IsOwn(feed)
            && feed.AbsolutePath.StartsWith(root, StringComparison.Ordinal)
            && feed.AbsolutePath.EndsWith(Suffix, StringComparison.Ordinal)
            ? feed.AbsolutePath[root.Length..^Suffix.Length]
            : null;
    }

    /// <summary>Whether GitHub accepts a token: a page where it does. Costs nothing of the primary limit.</summary>
    public async ValueTask<FeedResponse> CheckTokenAsync(GitHubToken token, CancellationToken cancellationToken)
    {
        var url = Absolute("rate_limit");
        return (await _sender.SendAsync(url, null, token, isFree: true, cancellationToken)).ToFeedResponse(url);
    }

    /// <summary>
    /// Takes note that a token's response lacked what GitHub showed otherwise at the same time: it is counted, and the token is asked
    /// without conditions from now on. Returns whether that is new.
    /// </summary>
    public bool ReportStale(GitHubToken token)
    {
        _metrics.RecordStale(token);
        return token.SetStale(true);
    }

    /// <summary>Takes note that a token's responses agree with another's again; returns whether that is new.</summary>
    public static bool ReportFresh(GitHubToken token) => token.SetStale(false);

    private Uri Absolute(string path) => new($"{_options.ApiUrl.AbsoluteUri.TrimEnd('/')}/{path}");
}

/// <summary>The bounds of GitHub's feeds (https://docs.github.com/rest/activity/events).</summary>
public static class FeedLimits
{
    /// <summary>The most events of one page; a larger <c>per_page</c> is clamped in silence.</summary>
    public const int MaxPageSize = 100;

    /// <summary>The most events that a feed shows in all; a page past them gets 422.</summary>
    public const int MaxEvents = 300;

    /// <summary>The most pages that can hold <see cref="MaxEvents"/> at <see cref="MaxPageSize"/>.</summary>
    public const int MaxPages = 3;

    /// <summary>Redirects followed in a row before a response counts as failed.</summary>
    public const int MaxRedirects = 5;

    /// <summary>How far back a feed reaches at most: 30 days since 30 January 2025, 90 before.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);
}
