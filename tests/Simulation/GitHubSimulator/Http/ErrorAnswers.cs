using System.Globalization;
using System.Text;
using GitHubSimulator.Accounts;

namespace GitHubSimulator.Http;

/// <summary>GitHub's refusals, in its own words: clients distinguish them by these.</summary>
internal static class ErrorAnswers
{
    private const string Docs = "https://docs.github.com/rest";

    public static ApiAnswer NoUserAgent() => new(StatusCodes.Status403Forbidden)
    {
        ContentType = "text/html",
        Body = Encoding.UTF8.GetBytes(
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header "
            + "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). "
            + "Check https://developer.github.com for other possible causes.\n"),
    };

    public static ApiAnswer UnsupportedAccept(string accept) =>
        Error(415, $"Unsupported 'Accept' header: '{accept}'. Must accept 'application/json'.", Docs + "/overview/media-types");

    public static ApiAnswer UnknownVersion(string version, IEnumerable<string> supported) => Error(
        400,
        $"The version you specified in the \"X-GitHub-API-Version\" request header, \"{version}\", is not a supported version. "
            + $"The following versions are currently supported: {string.Join(", ", supported.Select(known => $"\"{known}\""))}.",
        Docs);

    public static ApiAnswer BadCredentials() => Error(401, "Bad credentials", Docs);

    /// <summary>What is wrong with an app's signature.</summary>
    public static ApiAnswer BadAssertion(string fault) => Error(401, fault, Docs);

    public static ApiAnswer NotForApps() => Error(403, "Resource not accessible by integration", Docs);

    public static ApiAnswer RequiresAuthentication(string documentation) => Error(401, "Requires authentication", documentation);

    public static ApiAnswer NotFound(string? documentation = null) => Error(404, "Not Found", documentation ?? Docs);

    public static ApiAnswer Gone() => Error(410, "Gone", Docs);

    public static ApiAnswer Blocked() => JsonAnswer.Of(451, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", "Repository access blocked");
        json.WriteStartObject("block");
        json.WriteString("reason", "dmca");
        json.WriteString("created_at", "2026-01-15T12:00:00Z");
        json.WriteString("html_url", "https://github.com/github/dmca");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static ApiAnswer PastTheLastPage() => Error(
        422,
        "In order to keep the API fast for everyone, pagination is limited for this resource. "
            + "Check the rel=last link relation in the Link response header to see how far back you can traverse.",
        Docs + "/using-the-rest-api/using-pagination-in-the-rest-api");

    public static ApiAnswer PrimaryLimit(int status, Account account, string requestId) => Error(
        status,
        account.IsAuthenticated
            ? $"API rate limit exceeded for {(account.Kind == AccountKind.User ? "user" : "installation")} ID {account.Id}. "
                + $"If you reach out to GitHub Support for help, please include the request ID {requestId}."
            : $"API rate limit exceeded for {account.Name}. (But here's the good news: Authenticated requests get a higher rate limit. "
                + "Check out the documentation for more details.)",
        Docs + "/overview/rate-limits-for-the-rest-api");

    public static ApiAnswer SecondaryLimit(int status, TimeSpan? retryAfter, string requestId)
    {
        var answer = Error(
            status,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
                + $"If you reach out to GitHub Support for help, please include the request ID {requestId}.",
            Docs + "/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits");
        return retryAfter is { } wait
            ? answer.With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            : answer;
    }

    private static ApiAnswer Error(int status, string message, string documentation) => JsonAnswer.Of(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteString("documentation_url", documentation);
        json.WriteString("status", status.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });
}
