namespace RepoPulse.Fuzzing.Generation;

/// <summary>Damages bytes without looking at what they mean.</summary>
internal sealed class ByteMutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<byte[]> tokens)
{
    /// <summary>Longer than any limit on a name, a line's block or a header.</summary>
    private const int Huge = 100_000;

    public byte[] Mutate(byte[] input, Random random)
    {
        var at = random.Next(input.Length + 1);
        switch (random.Next(14))
        {
            case 0:
                return Flip(input, at, random);
            case 1:
                return Bytes.Replace(input, at, 1, [(byte)random.Next(256)]);
            case 2:
                return input[..at];
            case 3:
                return input[at..];
            case 4:
                return Bytes.Replace(input, at, Length(random), []);
            case 5:
                return Bytes.Replace(input, at, 0, input.AsSpan(at, Math.Min(Length(random), input.Length - at)));
            case 6:
                return Bytes.Replace(input, at, 0, random.Pick(tokens));
            case 7:
                return Bytes.Replace(input, at, Length(random), random.Pick(tokens));
            case 8:
                return Bytes.Replace(input, at, 0, Noise(random));
            case 9:
                return Bytes.Replace(input, at, 0, new byte[Length(random)]);
            case 10:
                return Splice(input, at, random);
            case 11:
                return ReplaceNumber(input, at, random);
            case 12:
                return SwapLines(input, random);
            default:
                // Rare, because each costs as much as a hundred others.
                return random.Next(50) == 0
                    ? Bytes.Replace(input, at, 0, Bytes.Repeat([(byte)random.Next(256)], random.Next(Huge)))
                    : Flip(input, at, random);
        }
    }

    /// <summary>Short as a rule, since a long one leaves little to look at.</summary>
    private static int Length(Random random) => random.Next(4) == 0 ? random.Next(400) : random.Next(1, 9);

    private static byte[] Flip(byte[] input, int at, Random random)
    {
        if (at >= input.Length)
            return input;
        var flipped = input.AsSpan().ToArray();
        flipped[at] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[Length(random)];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>The start of one input and the end of another.</summary>
    private byte[] Splice(byte[] input, int at, Random random)
    {
        var other = random.Pick(seeds);
        return [.. input.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))];
    }

    private static byte[] ReplaceNumber(byte[] input, int at, Random random)
    {
        var from = input.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (from < 0)
            return input;
        var rest = input.AsSpan(at + from);
        var length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return Bytes.Replace(input, at + from, length < 0 ? rest.Length : length, random.Pick(Tokens.Numbers));
    }

    private static byte[] SwapLines(byte[] input, Random random)
    {
        var end = input.AsSpan().IndexOf((byte)'\n') + 1;
        if (end == 0)
            return input;
        var second = input.AsSpan(end).IndexOf((byte)'\n') + 1;
        return random.Next(2) == 0 || second == 0
            ? input[end..]
            : [.. input.AsSpan(end, second), .. input.AsSpan(0, end), .. input.AsSpan(end + second)];
    }
}
