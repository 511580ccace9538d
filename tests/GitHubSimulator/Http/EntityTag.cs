using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GitHubSimulator.Http;

/// <summary>ETags as GitHub's: weak, and belonging to one URL and one token.</summary>
internal static class EntityTag
{
    public static string Of(Exchange exchange, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{exchange.Token}\n{exchange.Facts.Path}\n{exchange.Facts.Query}\n"));
        hash.AppendData(body);
        return $"W/\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"";
    }

    /// <summary>Weak comparison, as RFC 9110 has it for <c>If-None-Match</c>; a header that cannot be read matches nothing.</summary>
    public static bool Matches(StringValues ifNoneMatch, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(ifNoneMatch, out var candidates))
            return false;
        var own = EntityTagHeaderValue.Parse(tag);
        return candidates.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(own, useStrongComparison: false));
    }
}
