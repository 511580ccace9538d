using System.Net.Http.Headers;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Requests;

/// <summary>A request as GitHub wants it: it answers 403 without a User-Agent and 400 to a version it does not know.</summary>
internal static class GitHubRequest
{
    private const string ApiVersion = "2022-11-28";

    private static readonly ProductInfoHeaderValue UserAgent =
        new("RepoPulse", typeof(GitHubRequest).Assembly.GetName().Version?.ToString(3));

    private static readonly MediaTypeWithQualityHeaderValue Accept = new("application/vnd.github+json");

    public static HttpRequestMessage Get(Uri url, string? etag, GitHubToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.Add(Accept);
        request.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        if (token.Secret is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag); // returned exactly as received, whatever its form
        return request;
    }
}
