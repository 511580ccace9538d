using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api.Http;

/// <summary>Which content coding an answer goes out in (RFC 9110, 12.5.3). No answer holds a secret that its length could tell, so that HTTPS is no hindrance.</summary>
internal static class ContentCodings
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    /// <summary>What fits into one packet arrives no sooner for being smaller.</summary>
    private const long MinLength = 1024;

    /// <summary>In the order of preference.</summary>
    private static readonly string[] Offered = [Brotli, Gzip];

    /// <summary>The coding for a body that is made as it is asked for; null for the body as it is.</summary>
    /// <param name="length">Of the body as it is, in bytes.</param>
    public static string? For(HttpRequest request, long length) =>
        length < MinLength || !TryRead(request.Headers, out var accepted) ? null : Array.Find(Offered, coding => Takes(accepted, coding));

    /// <summary>What the client says of codings; false where it says nothing.</summary>
    public static bool TryRead(IHeaderDictionary headers, out IList<StringWithQualityHeaderValue> accepted) =>
        StringWithQualityHeaderValue.TryParseList(headers.AcceptEncoding, out accepted!);

    public static bool Takes(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } named && named.Quality is not 0;

    /// <summary>Encodes what is written to it: fast rather than small, since it is done for one answer. Disposing it ends the body, and leaves the output open.</summary>
    public static Stream Encode(Stream output, string coding) => coding == Brotli
        ? new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true)
        : new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
}
