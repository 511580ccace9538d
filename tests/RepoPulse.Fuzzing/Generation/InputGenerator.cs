namespace RepoPulse.Fuzzing.Generation;

/// <summary>Makes inputs out of valid ones. The same seed and number give the same input, independent of what was made before.</summary>
internal sealed class InputGenerator(IReadOnlyList<byte[]> seeds, IEnumerable<string> tokens, int seed)
{
    /// <summary>What grows past this by one mutation after the other is cut off.</summary>
    private const int MaxLength = 256 << 10;

    private readonly ByteMutator _bytes = new(seeds, [.. Tokens.Text, .. Tokens.Utf8(tokens)]);
    private readonly JsonMutator _json = new(seeds);

    public byte[] Make(long index)
    {
        var random = Mix.ToRandom(seed, index);
        var input = random.Pick(seeds);
        // One in fifty is valid: a parser that refuses everything would pass otherwise.
        if (random.Next(50) == 0)
            return input;
        var (json, bytes) = random.Next(20) switch
        {
            < 11 => (Few(random), 0),
            < 16 => (0, Few(random)),
            _ => (Few(random), 1),
        };
        // JSON first: damaged bytes leave little of it to be found.
        for (var i = 0; i < json; i++)
            input = _json.Mutate(input, random) ?? _bytes.Mutate(input, random);
        for (var i = 0; i < bytes; i++)
            input = _bytes.Mutate(input, random);
        return input.Length <= MaxLength ? input : input[..MaxLength];
    }

    /// <summary>One in half of the cases, two in a quarter, and so on.</summary>
    private static int Few(Random random)
    {
        var few = 1;
        while (few < 8 && random.Next(2) == 0)
            few++;
        return few;
    }
}
