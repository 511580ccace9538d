using System.Net.Http.Headers;

namespace RepoPulse.GitHub;

/// <summary>A request as GitHub wants it: it responds with 403 without a User-Agent and with 400 to a version it does not know.</summary>
internal static class GitHubRequest
{
    private const string ApiVersion = "2022-11-28";

    private static readonly ProductInfoHeaderValue UserAgent =
        new("RepoPulse", typeof(GitHubRequest).Assembly.GetName().Version?.ToString(3));

    private static readonly MediaTypeWithQualityHeaderValue Accept = new("application/vnd.github+json");

    /// <param name="secret">A token, or an App's assertion; null to ask without either.</param>
    public static HttpRequestMessage Create(HttpMethod method, Uri url, string? secret, string? etag = null)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.Add(Accept);
        request.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        if (secret is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag); // returned exactly as received, whatever its form
        return request;
    }
}
