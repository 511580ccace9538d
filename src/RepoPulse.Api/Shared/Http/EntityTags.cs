using System.IO.Hashing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api;

/// <summary>
/// Strong entity tags: a hash of the content and of nothing else, so that every instance gives the same one. A body that is sent in another
/// encoding is another representation and needs a tag of its own.
/// </summary>
internal static class EntityTags
{
    public static string Of(ReadOnlySpan<byte> content) => Quote(XxHash128.HashToUInt128(content));

    public static string Of(IEnumerable<ReadOnlyMemory<byte>> slices)
    {
        var hash = new XxHash128();
        foreach (var slice in slices)
            hash.Append(slice.Span);
        return Of(hash);
    }

    /// <param name="content">To which all of it was appended.</param>
    public static string Of(XxHash128 content) => Quote(content.GetCurrentHashAsUInt128());

    /// <summary>The tag of the same content in that coding; null for the content as it is.</summary>
    public static string In(string? coding, string tag) => coding is null ? tag : $"{tag[..^1]}-{coding}\"";

    /// <summary>
    /// Whether <c>If-None-Match</c> names the tag, by the weak comparison that RFC 9110 (13.1.2) asks for: proxies weaken tags.
    /// </summary>
    public static bool Match(StringValues ifNoneMatch, string tag)
    {
        if (ifNoneMatch.Count == 0)
            return false;
        if (ifNoneMatch is [{ } only] && only == tag)
            return true;
        if (!EntityTagHeaderValue.TryParseList(ifNoneMatch, out var named))
            return false;
        var own = new EntityTagHeaderValue(tag);
        return named.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(own, useStrongComparison: false));
    }

    private static string Quote(UInt128 hash) => $"\"{hash:x32}\"";
}
