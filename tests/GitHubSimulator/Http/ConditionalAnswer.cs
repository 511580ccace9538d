using System.IO.Hashing;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>Answers with an ETag: 304 to whoever has it already.</summary>
internal static class ConditionalAnswer
{
    public static ApiAnswer Of(Exchange exchange, byte[] body) =>
        Prepare(exchange, XxHash3.HashToUInt64(body)) ?? Whole(exchange, XxHash3.HashToUInt64(body), body, []);

    /// <param name="content">Of the body: another body has another, and a 304 needs none.</param>
    public static ApiAnswer Of(Exchange exchange, ulong content, IReadOnlyList<SimulatedEvent> events, Func<IReadOnlyList<SimulatedEvent>, byte[]> write) =>
        Prepare(exchange, content) ?? Whole(exchange, content, write(events), events);

    private static ApiAnswer? Prepare(Exchange exchange, ulong content)
    {
        var tag = EntityTag.Of(exchange, content);
        return EntityTag.Matches(exchange.Request.IfNoneMatch, tag)
            ? WithTag(exchange, new ApiAnswer(StatusCodes.Status304NotModified), tag)
            : null;
    }

    private static ApiAnswer Whole(Exchange exchange, ulong content, byte[] body, IReadOnlyList<SimulatedEvent> events) => WithTag(
        exchange,
        new ApiAnswer(StatusCodes.Status200OK) { ContentType = JsonAnswer.ContentType, Body = body, Events = events },
        EntityTag.Of(exchange, content));

    private static ApiAnswer WithTag(Exchange exchange, ApiAnswer answer, string tag) => answer
        .With("ETag", tag)
        .With("Cache-Control", exchange.User is null ? "public, max-age=60, s-maxage=60" : "private, max-age=60, s-maxage=60")
        .With("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding");
}
