using System.Buffers.Text;
using System.Text.Json;

namespace RepoPulse.Core.Reading;

/// <summary>The text of JSON strings without a string being made.</summary>
internal static class JsonText
{
    /// <summary>Longer than any name of the envelope, even with every character escaped (six bytes each).</summary>
    private const int MaxEscapedLength = 6 * RepositoryName.MaxLength;

    /// <summary>
    /// The UTF-8 text of the string or property name that the reader is on, unescaped. False where it has none (half of a surrogate pair)
    /// or is escaped and longer than any text of interest.
    /// </summary>
    public static bool TryGet(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        return !reader.ValueIsEscaped || TryUnescape(ref reader, out text);
    }

    private static bool TryUnescape(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.ValueSpan.Length > MaxEscapedLength)
            return false;
        try
        {
            var unescaped = new byte[reader.ValueSpan.Length];
            text = unescaped.AsSpan(0, reader.CopyString(unescaped));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // The reader offers no other way to learn of an escape that is no character.
        }
    }
}

/// <summary>Ids: whole numbers that GitHub writes as a number or as a string of digits.</summary>
internal static class JsonNumber
{
    public static bool TryGet(ref Utf8JsonReader reader, out long number)
    {
        number = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out number),
            JsonTokenType.String => JsonText.TryGet(ref reader, out var text) && TryParse(text, out number),
            _ => false,
        };
    }

    private static bool TryParse(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        return !digits.IsEmpty && char.IsAsciiDigit((char)digits[0])
            && Utf8Parser.TryParse(digits, out number, out var consumed) && consumed == digits.Length;
    }
}
