namespace RepoPulse.Fuzzing.Generation;

internal static class Bytes
{
    /// <summary>The input with some bytes taken out and others put in their place.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> input, int at, int remove, ReadOnlySpan<byte> insert)
    {
        at = Math.Min(at, input.Length);
        remove = Math.Min(remove, input.Length - at);
        var result = new byte[input.Length - remove + insert.Length];
        input[..at].CopyTo(result);
        insert.CopyTo(result.AsSpan(at));
        input[(at + remove)..].CopyTo(result.AsSpan(at + insert.Length));
        return result;
    }

    public static byte[] Repeat(ReadOnlySpan<byte> part, int times)
    {
        var result = new byte[part.Length * times];
        for (var i = 0; i < times; i++)
            part.CopyTo(result.AsSpan(i * part.Length));
        return result;
    }
}
