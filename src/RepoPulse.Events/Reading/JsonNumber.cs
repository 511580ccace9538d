using System.Buffers.Text;
using System.Text.Json;

namespace RepoPulse.Events.Reading;

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
