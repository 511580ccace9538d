using System.Text.Json;

namespace RepoPulse.Commands.Stats;

/// <summary>A page of the API's list: its documents as they came, byte for byte, and the cursor of the next page.</summary>
internal sealed record StatisticsPage(IReadOnlyList<ReadOnlyMemory<byte>> Items, string? Next)
{
    /// <exception cref="JsonException">It is not such a page.</exception>
    public static StatisticsPage Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Read(json);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("Text is not UTF-8, or half of a surrogate pair.", e); // The reader's exception for text alone.
        }
    }

    private static StatisticsPage Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        List<ReadOnlyMemory<byte>>? items = null;
        string? next = null;
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                items = ReadItems(ref reader, json);
            }
            else if (reader.ValueTextEquals("next"u8))
            {
                Expect(reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
                next = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        Expect(items is not null);
        return new(items!, next);
    }

    private static List<ReadOnlyMemory<byte>> ReadItems(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = checked((int)reader.TokenStartIndex);
            reader.Skip();
            items.Add(json[start..checked((int)reader.BytesConsumed)]);
        }

        return items;
    }

    private static void Expect(bool condition)
    {
        if (!condition)
            throw new JsonException("A page of {items, next} was expected.");
    }
}
