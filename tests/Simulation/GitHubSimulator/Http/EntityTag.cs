using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GitHubSimulator.Http;

/// <summary>ETags as GitHub's: weak, and belonging to one URL and one token.</summary>
internal static class EntityTag
{
    /// <param name="content">What the body hashes to.</param>
    public static string Of(Exchange exchange, ulong content)
    {
        var hash = new XxHash128((long)content);
        hash.Append(MemoryMarshal.AsBytes(exchange.Token.AsSpan()));
        hash.Append("\n"u8);
        hash.Append(MemoryMarshal.AsBytes(exchange.Facts.Path.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(exchange.Facts.Query.AsSpan()));
        return string.Create(null, stackalloc char[40], $"W/\"{hash.GetCurrentHashAsUInt128():x32}\"");
    }

    /// <summary>Weak comparison, as RFC 9110 has it for <c>If-None-Match</c>; a header that cannot be read matches nothing.</summary>
    public static bool Matches(string? ifNoneMatch, string tag)
    {
        if (ifNoneMatch is null || ifNoneMatch == tag)
            return ifNoneMatch is not null;
        if (!EntityTagHeaderValue.TryParseList(new StringValues(ifNoneMatch), out var candidates))
            return false;
        var own = EntityTagHeaderValue.Parse(tag);
        return candidates.Any(
            candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(own, useStrongComparison: false));
    }
}
