using System.Net;
using System.Text;
using System.Text.Json;
using RepoPulse.Fuzzing.Generation;
using RepoPulse.GitHub;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>GitHub's responses: status, headers and body, read as a page of a feed, as a repository and as an App's token.</summary>
internal sealed class GitHubTarget : FuzzTarget
{
    private static readonly Uri Page = new("https://api.github.com/repos/octo/cat/events?per_page=100");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private const string Usual =
        "Date: Mon, 23 Nov 2026 11:59:58 GMT\nETag: W/\"abc\"\nX-Poll-Interval: 60\nX-RateLimit-Limit: 5000\nX-RateLimit-Remaining: " +
        "4999\nX-RateLimit-Used: 1\nX-RateLimit-Reset: 1795438800\nX-RateLimit-Resource: core\n";

    public override string Name => "github";

    public override int Share => 90;

    public override IReadOnlyList<byte[]> Seeds { get; } = Tokens.Utf8(
        $"200\n{Usual}Link: <https://api.github.com/repositories/7001/events?page=2>; rel=\"next\", " +
        "<https://api.github.com/repositories/7001/events?page=3>; rel=\"last\"\n\n[]",
        $"304\n{Usual}\n",
        $"301\n{Usual}Location: " +
        $"https://api.github.com/repositories/7001/events\n\n{{\"message\":\"Moved Permanently\",\"url\":\"https://api.github.com/repositories/7001/events\"}}",
        $"302\n{Usual}Location: /repositories/7001\n\n",
        $"403\n{Usual.Replace("4999",
        "0")}Retry-After: 60\n\n{{\"message\":\"API rate limit exceeded for user ID 41. If you reach out...\"}}",
        $"429\n{Usual}Retry-After: Mon, 23 Nov 2026 12:01:00 GMT\n\n{{\"message\":\"You have exceeded a secondary rate limit.\"}}",
        $"401\n{Usual}\n{{\"message\":\"Bad credentials\",\"status\":\"401\"}}",
        $"200\n{Usual}\n{{\"id\":7001,\"name\":\"cat\",\"full_name\":\"octo/cat\",\"private\":false}}",
        $"201\n{Usual}\n{{\"token\":\"ghs_16C7e42F292c6912E7710c838347Ae178B4a\",\"expires_at\":\"2026-11-23T12:59:58Z\",\"permissions\":{{\"metadata\":\"read\"}}}}",
        "502\nContent-Type: text/html\n\n<html><body>Unicorn!</body></html>");

    public override IReadOnlyList<string> Words =>
        ["rel=\"next\"", "rel=next", "<//>", "<>; rel=next", "Location: //", "Location: http://", "Retry-After: -1",
        "Retry-After: 99999999999", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "Date: Mon, 01 Jan 0001 00:00:00 GMT"];

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        var lines = new Lines(input);
        using var message = new HttpResponseMessage(
            int.TryParse(lines.Next(), out var status) && status is >= 100 and <= 999 ? (HttpStatusCode)status : HttpStatusCode.OK);
        foreach (var (name, value) in lines.NextHeaders())
            // As the client decodes them.
            message.Headers.TryAddWithoutValidation(name, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value)));
        var body = lines.Rest.ToArray();

        var response = RawResponse.From(Page, message, body, Now);
        Check(response);
        var repository = RepositoryResponse.From(response.ToFeedResponse(Page));
        Invariant.Holds(repository.Kind != GitHub.FeedResponseKind.Page || repository.Id.Value > 0);
        var grant = InstallationGrant.Read(body, TimeSpan.Zero, message.Headers.Date ?? Now);
        Invariant.Holds(grant is null || (grant.RenewAt >= TimeSpan.Zero && grant.RenewAt <= grant.ExpiresAt));
        return ValueTask.FromResult(response.IsGood || response.Location is not null || response.Refusal is not null || grant is not null);
    }

    private static void Check(RawResponse response)
    {
        Invariant.Holds(response.Next is null or { IsAbsoluteUri: true });
        Invariant.Holds(response.Location is null or { IsAbsoluteUri: true });
        Invariant.Holds(
            response.PollInterval is null || (response.PollInterval > TimeSpan.Zero && response.PollInterval <= TimeSpan.FromDays(1)));
        Invariant.Holds(response.Refusal?.RetryAfter is not { } wait || (wait >= TimeSpan.Zero && wait <= TimeSpan.FromDays(1)));
        if (response.RateLimit is { } limit)
            Invariant.Holds(
                limit is { Limit: >= 0, Remaining: >= 0, Used: >= 0 } && (limit.ResetsAt - Now).Duration() <= TimeSpan.FromDays(1));

        // What passes for a page is JSON: a page that was cut off is none.
        var feed = response.ToFeedResponse(Page);
        if (feed.Kind == GitHub.FeedResponseKind.Page)
            JsonDocument.Parse(feed.Body).Dispose();
        Invariant.Holds(feed.Kind != GitHub.FeedResponseKind.Failed || feed.Error is not null);
    }
}
