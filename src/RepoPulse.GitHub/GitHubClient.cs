using Microsoft.Extensions.Logging;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Repositories;
using RepoPulse.GitHub.Requests;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub;

/// <summary>
/// Asks GitHub, one request at a time. What GitHub may answer is a return value, never an exception; only the caller's cancellation is thrown.
/// Redirects are reported and not followed: a token must not travel to a host that an answer names.
/// </summary>
public sealed class GitHubClient
{
    private readonly GitHubOptions _options;
    private readonly RequestSender _sender;

    public GitHubClient(HttpClient http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time, Random random, ILogger<GitHubClient> logger)
    {
        _options = options;
        http.Timeout = Timeout.InfiniteTimeSpan; // each attempt has its own, and TimeProvider keeps it
        _sender = new RequestSender(http, options, metrics, time, random, logger);
    }

    /// <summary>The first page of a feed, as large as GitHub makes them.</summary>
    /// <param name="path">Relative to the API's root, such as <c>repos/dotnet/runtime</c> or <c>repositories/210716005</c>.</param>
    public Uri FirstPage(string path) => Absolute($"{path}/events?per_page={FeedLimits.MaxPageSize}");

    /// <summary>Whether an address is at the API's own scheme, host and port, so that a token may be sent to it.</summary>
    public bool IsOwn(Uri address) => Uri.Compare(address, _options.ApiUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>A page of a feed.</summary>
    public async ValueTask<FeedAnswer> GetPageAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(request.Page, request.ETag, request.Token, isFree: false, cancellationToken).ConfigureAwait(false);
        return answer.ToFeedAnswer(request.Page);
    }

    /// <summary>What GitHub calls a repository now. Asked only where events cannot tell: an empty feed, a redirect.</summary>
    /// <param name="path">As for <see cref="FirstPage"/>.</param>
    public async ValueTask<RepositoryAnswer> GetRepositoryAsync(string path, GitHubToken token, CancellationToken cancellationToken)
    {
        var url = Absolute(path);
        for (var redirects = 0; ; redirects++)
        {
            var answer = await _sender.SendAsync(url, null, token, isFree: false, cancellationToken).ConfigureAwait(false);
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
        return (await _sender.SendAsync(url, null, token, isFree: true, cancellationToken).ConfigureAwait(false)).ToFeedAnswer(url);
    }

    private Uri Absolute(string path) => new($"{_options.ApiUrl.AbsoluteUri.TrimEnd('/')}/{path}");
}
