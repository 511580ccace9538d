using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;

namespace RepoPulse.Api;

/// <summary>
/// The text form of a place in a list: a check of the filters and the payload, then the payload. It keeps no one from making a cursor, and
/// gives nothing away that the page did not show; it distinguishes a damaged cursor, or one of another list, from one that can be used.
/// </summary>
internal static class Cursor
{
    private const int CheckBytes = sizeof(ulong);
    private const int MaxBytes = 1024;

    public static string Encode(ReadOnlySpan<byte> payload, FilterFingerprint filters)
    {
        Span<byte> bytes = stackalloc byte[CheckBytes + payload.Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Check(payload, filters));
        payload.CopyTo(bytes[CheckBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, FilterFingerprint filters, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (!OpaqueText.TryDecode(text, MaxBytes, out var bytes) || bytes.Length <= CheckBytes)
            return false;
        payload = bytes.AsSpan(CheckBytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == Check(payload, filters);
    }

    private static ulong Check(ReadOnlySpan<byte> payload, FilterFingerprint filters) => XxHash64.HashToUInt64(payload, filters.Value);
}

/// <summary>
/// Reads what a client gives back as it was given out, in the alphabet of base64url and without padding. The base library's check lets
/// through what
/// its decoder then throws for (<c>%</c> passes for padding), and white space.
/// </summary>
internal static class OpaqueText
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool TryDecode(ReadOnlySpan<char> text, int maxBytes, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var length = Base64Url.GetMaxDecodedLength(text.Length);
        // The length first: nothing is set aside for what is too long.
        if (length > maxBytes || text.ContainsAnyExcept(Alphabet))
            return false;
        var decoded = new byte[length];
        if (Base64Url.DecodeFromChars(text, decoded, out _, out var written) != OperationStatus.Done)
            return false;
        bytes = written == length ? decoded : decoded[..written];
        return true;
    }
}

/// <summary>A fingerprint of a list and its filters: what a cursor is bound to. The page's size is no part of it.</summary>
internal readonly record struct FilterFingerprint(long Value)
{
    /// <param name="list">Which list.</param>
    /// <param name="filters">Its filters in a canonical order. A line break is in none of them.</param>
    public static FilterFingerprint Of(string list, params IEnumerable<string> filters) =>
        new((long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(list + "\n" + string.Join('\n', filters))));
}
