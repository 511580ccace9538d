using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// GitHub's signature of a delivery: the HMAC of the body as it was sent, by SHA-256. The older one by SHA-1 counts for nothing.
/// </summary>
internal sealed class WebhookSignature(string secret)
{
    public const string HeaderName = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>The signature in the header; false where there is none, so that the body need not be read.</summary>
    public static bool TryRead(StringValues header, out byte[] signature)
    {
        signature = new byte[SHA256.HashSizeInBytes];
        return header is [{ } text]
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.Length == Prefix.Length + 2 * signature.Length
            && Convert.FromHexString(text.AsSpan(Prefix.Length), signature, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>Begins the HMAC of a body, which is given to it as it arrives.</summary>
    public IncrementalHash Begin() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);

    /// <summary>Takes the same time wherever the two differ, or a signature could be guessed byte by byte.</summary>
    public static bool Matches(byte[] signature, IncrementalHash body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        body.GetHashAndReset(hash);
        return CryptographicOperations.FixedTimeEquals(hash, signature);
    }
}
