using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api;

/// <summary>
/// Which content coding a response goes out in (RFC 9110, 12.5.3). No response holds a secret that its length could reveal, so that HTTPS
/// is no hindrance.
/// </summary>
internal static class ContentCodings
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    /// <summary>What fits into one packet arrives no sooner for being smaller.</summary>
    private const long MinLength = 1024;

    /// <summary>What an encoder holds while it is in use, measured: Brotli's is as large as a long list.</summary>
    private const long BrotliBytes = 3 << 20;
    private const long GzipBytes = 256 << 10;

    /// <summary>In the order of preference.</summary>
    private static readonly string[] Offered = [Brotli, Gzip];

    /// <summary>The coding for a body that is made as it is asked for; null for the body as it is.</summary>
    /// <param name="length">Of the body as it is, in bytes.</param>
    public static string? For(HttpRequest request, long length) =>
        length < MinLength || !TryRead(request.Headers, out var accepted) ? null : Array.Find(Offered, coding => Takes(accepted, coding));

    /// <summary>
    /// The coding for a long body, beside which there must be room for the encoder: the first that the client takes and that has it.
    /// </summary>
    /// <param name="coding">What the client would get if there were room.</param>
    public static string? WithRoom(HttpRequest request, string? coding, ResponseWriter response)
    {
        if (coding is null || !TryRead(request.Headers, out var accepted))
            return null;
        return Array.Find(Offered, offered => Takes(accepted, offered) && response.TryHold(offered == Brotli ? BrotliBytes : GzipBytes));
    }

    /// <summary>What the client says of codings; false where it says nothing.</summary>
    public static bool TryRead(IHeaderDictionary headers, out IList<StringWithQualityHeaderValue> accepted) =>
        StringWithQualityHeaderValue.TryParseList(headers.AcceptEncoding, out accepted!);

    public static bool Takes(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } named
            && named.Quality is not 0;

    /// <summary>
    /// Encodes what is written to it: fast rather than small, since it is done for one response. Disposing it ends the body, and leaves the
    /// output open.
    /// </summary>
    public static Stream Encode(Stream output, string coding) => coding == Brotli
        ? new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true)
        : new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
}
