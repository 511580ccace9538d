using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;

namespace RepoPulse.Api.Queries;

/// <summary>
/// The text form of a place in a list: a check of the filters and the payload, then the payload. It keeps no one from making a cursor, and gives
/// nothing away that the page did not show; it tells a damaged cursor, or one of another list, from one that can be used.
/// </summary>
internal static class Cursor
{
    private const int CheckBytes = sizeof(ulong);
    private const int MaxBytes = 1024;

    public static string Encode(ReadOnlySpan<byte> payload, FilterPrint filters)
    {
        Span<byte> bytes = stackalloc byte[CheckBytes + payload.Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Check(payload, filters));
        payload.CopyTo(bytes[CheckBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, FilterPrint filters, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (text.Length > MaxBytes || !Base64Url.IsValid(text, out var length) || length <= CheckBytes)
            return false;
        var bytes = new byte[length];
        if (!Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != length)
            return false;
        payload = bytes.AsSpan(CheckBytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == Check(payload, filters);
    }

    private static ulong Check(ReadOnlySpan<byte> payload, FilterPrint filters) => XxHash64.HashToUInt64(payload, filters.Value);
}
