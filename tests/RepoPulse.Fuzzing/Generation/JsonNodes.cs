using System.Text.Json;

namespace RepoPulse.Fuzzing.Generation;

/// <summary>Where the values stand in the JSON that an input holds, as far as it can be read.</summary>
internal static class JsonNodes
{
    private const int MaxNodes = 2_000;

    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowMultipleValues = true,
        MaxDepth = 1_000,
        CommentHandling = JsonCommentHandling.Skip
    };

    /// <summary>Every value but those after the first error, in no particular order; empty where there is no JSON.</summary>
    public static List<JsonNodeSpan> Find(ReadOnlySpan<byte> input)
    {
        var nodes = new List<JsonNodeSpan>();
        var start = input.IndexOfAny((byte)'{', (byte)'[');
        if (start < 0)
            return nodes;
        var open = new Stack<(int Property, int NameEnd, int Start)>();
        var (property, nameEnd) = (-1, -1);
        try
        {
            for (var reader = new Utf8JsonReader(input[start..], Lenient); reader.Read() && nodes.Count < MaxNodes;)
            {
                var from = start + (int)reader.TokenStartIndex;
                var to = start + (int)reader.BytesConsumed;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        (property, nameEnd) = (from, from + reader.ValueSpan.Length + 2);
                        continue;
                    case JsonTokenType.StartArray or JsonTokenType.StartObject:
                        open.Push((property, nameEnd, from));
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        var container = open.Pop();
                        nodes.Add(new(container.Property, container.NameEnd, container.Start, to));
                        break;
                    default:
                        nodes.Add(new(property, nameEnd, from, to));
                        break;
                }

                property = -1;
            }
        }
        catch (JsonException)
        {
            // An earlier mutation broke it: what came before can still be changed.
        }

        return nodes;
    }
}

/// <summary>A value, and the name before it.</summary>
/// <param name="Property">Where the name starts, its quote included; -1 for an element.</param>
internal readonly record struct JsonNodeSpan(int Property, int NameEnd, int Start, int End)
{
    public bool IsProperty => Property >= 0;

    /// <summary>Where the value starts with its name.</summary>
    public int From => IsProperty ? Property : Start;
}
