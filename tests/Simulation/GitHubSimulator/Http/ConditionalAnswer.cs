using System.IO.Hashing;

namespace GitHubSimulator.Http;

/// <summary>Responds with an ETag: 304 to a client that has it already.</summary>
internal static class ConditionalAnswer
{
    public static ApiAnswer Of(Exchange exchange, byte[] body)
    {
        var tag = EntityTag.Of(exchange, XxHash3.HashToUInt64(body));
        return WithTag(exchange, NotModified(exchange, tag)
            ?? new ApiAnswer(StatusCodes.Status200OK) { ContentType = JsonAnswer.ContentType, Body = body }, tag);
    }

    /// <summary>A page is written only where it is sent.</summary>
    public static ApiAnswer Of(Exchange exchange, PageRows rows)
    {
        var tag = EntityTag.Of(exchange, rows.Hash());
        return WithTag(exchange, NotModified(exchange, tag) ?? Page(rows), tag);
    }

    private static ApiAnswer Page(PageRows rows) =>
        new(StatusCodes.Status200OK) { ContentType = JsonAnswer.ContentType, Body = rows.Write(), Events = rows.Events };

    private static ApiAnswer? NotModified(Exchange exchange, string tag) =>
        EntityTag.Matches(exchange.Request.IfNoneMatch, tag) ? new ApiAnswer(StatusCodes.Status304NotModified) : null;

    private static ApiAnswer WithTag(Exchange exchange, ApiAnswer answer, string tag) => answer
        .With("ETag", tag)
        .With("Cache-Control", exchange.User is null ? "public, max-age=60, s-maxage=60" : "private, max-age=60, s-maxage=60")
        .With("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding");
}
