using System.Text;
using System.Text.Json;
using RepoPulse.Fuzzing.Generation;
using RepoPulse.Fuzzing.Targets;

namespace RepoPulse.FuzzTests;

public enum Weakness
{
    HalfOfASurrogatePair,
    MissingProperty,
    NumberOutOfRange,
    DeepNesting,
    LongText,
    TextThatIsNotUtf8,
    KeepsInputs,
    KeepsInputsForAWhile,
}

/// <summary>A parser as it should not be.</summary>
internal sealed class WeakTarget(Weakness weakness) : FuzzTarget
{
    /// <summary>How many inputs a table holds that is emptied when it is full.</summary>
    private const int MaxKept = 6_900;

    private readonly List<byte[]> _kept = [];

    public override string Name => "weak";

    public override int Share => 0;

    public override IReadOnlyList<byte[]> Seeds { get; } = Tokens.Utf8("""{"id":17,"name":"octo/cat","payload":{"a":[1,2,{"b":"c"}]}}""");

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        if (weakness == Weakness.KeepsInputs)
            _kept.Add([.. input, .. new byte[2_000]]);
        else if (weakness == Weakness.KeepsInputsForAWhile)
            KeepForAWhile(input);
        else if (weakness == Weakness.TextThatIsNotUtf8)
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(input);
        else if (TryParse(input) is { RootElement.ValueKind: JsonValueKind.Object } document)
            Read(document.RootElement);
        return ValueTask.FromResult(true);
    }

    private void KeepForAWhile(byte[] input)
    {
        if (_kept.Count == MaxKept)
            _kept.Clear();
        _kept.Add([.. input, .. new byte[6_000]]);
    }

    private static JsonDocument? TryParse(byte[] input)
    {
        try
        {
            return JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 1_000 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Read(JsonElement root)
    {
        switch (weakness)
        {
            case Weakness.HalfOfASurrogatePair when root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String:
                name.GetString();
                break;
            case Weakness.MissingProperty:
                root.GetProperty("name");
                break;
            case Weakness.NumberOutOfRange when root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number:
                id.GetInt64();
                break;
            case Weakness.DeepNesting when JsonNodes.Find(Encoding.UTF8.GetBytes(root.GetRawText())).Count > 100:
                throw new InvalidOperationException("Too deep.");
            case Weakness.LongText when root.GetRawText().Length > 10_000:
                throw new InvalidOperationException("Too long.");
            default:
                break;
        }
    }
}
