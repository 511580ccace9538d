namespace RepoPulse.Fuzzing.Generation;

/// <summary>
/// Changes the values and names of the JSON that an input holds, so that it stays JSON as a rule and reaches what lies behind the parser.
/// </summary>
internal sealed class JsonMutator(IReadOnlyList<byte[]> seeds)
{
    /// <summary>Deeper than any reader goes.</summary>
    private const int MaxNesting = 300;

    /// <summary>Null where the input holds no JSON.</summary>
    public byte[]? Mutate(byte[] input, Random random)
    {
        var nodes = JsonNodes.Find(input);
        if (nodes.Count == 0)
            return null;
        var node = random.Pick(nodes);
        var value = input.AsSpan(node.Start, node.End - node.Start);
        return random.Next(9) switch
        {
            0 => Delete(input, node),
            1 => Bytes.Replace(input, node.From, 0, [.. input.AsSpan(node.From, node.End - node.From), (byte)',']),
            2 => Bytes.Replace(input, node.Start, value.Length, Nest(value, random)),
            3 => Bytes.Replace(input, node.Start, value.Length, ValueOf(input, random.Pick(nodes))),
            4 => Bytes.Replace(input, node.Start, value.Length, Foreign(random) ?? value),
            5 when node.IsProperty => Bytes.Replace(input, node.Property + 1, node.NameEnd - node.Property - 2, random.Pick(Tokens.Names)),
            6 => Stretch(input, node, random),
            _ => Bytes.Replace(input, node.Start, value.Length, random.Pick(Tokens.JsonValues)),
        };
    }

    private static ReadOnlySpan<byte> ValueOf(byte[] input, JsonNodeSpan node) => input.AsSpan(node.Start, node.End - node.Start);

    private static byte[] Delete(byte[] input, JsonNodeSpan node)
    {
        // With the comma after it, or else the one before, so that what is left is JSON.
        if (node.End < input.Length && input[node.End] == ',')
            return Bytes.Replace(input, node.From, node.End + 1 - node.From, []);
        return node.From > 0 && input[node.From - 1] == ','
            ? Bytes.Replace(input, node.From - 1, node.End + 1 - node.From, [])
            : Bytes.Replace(input, node.From, node.End - node.From, []);
    }

    private static byte[] Nest(ReadOnlySpan<byte> value, Random random)
    {
        var depth = random.Next(4) == 0 ? random.Next(MaxNesting) : random.Next(1, 4);
        var (open, close) = random.Next(2) == 0 ? ("["u8.ToArray(), "]"u8.ToArray()) : ("{\"a\":"u8.ToArray(), "}"u8.ToArray());
        return [.. Bytes.Repeat(open, depth), .. value, .. Bytes.Repeat(close, depth)];
    }

    /// <summary>A value of another seed.</summary>
    private byte[]? Foreign(Random random)
    {
        var seed = random.Pick(seeds);
        var nodes = JsonNodes.Find(seed);
        return nodes.Count == 0 ? null : ValueOf(seed, random.Pick(nodes)).ToArray();
    }

    /// <summary>Makes a string longer than any limit on one.</summary>
    private static byte[] Stretch(byte[] input, JsonNodeSpan node, Random random)
    {
        if (input[node.Start] != '"')
            return Bytes.Replace(input, node.Start, node.End - node.Start, random.Pick(Tokens.JsonValues));
        var part = random.Next(3) switch { 0 => "\\u0041"u8, 1 => "x"u8, _ => "\u00e9"u8 };
        return Bytes.Replace(input, node.Start + 1, 0, Bytes.Repeat(part, random.Next(20) == 0 ? random.Next(20_000) : random.Next(300)));
    }
}
