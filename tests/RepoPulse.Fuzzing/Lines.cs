using System.Text;

namespace RepoPulse.Fuzzing;

/// <summary>Takes an input apart whose first lines say what the rest is.</summary>
internal ref struct Lines(ReadOnlySpan<byte> input)
{
    /// <summary>What has not been taken.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = input;

    /// <summary>The next line without its end; empty where there is none.</summary>
    public string Next() => Encoding.UTF8.GetString(NextBytes());

    public ReadOnlySpan<byte> NextBytes()
    {
        var end = Rest.IndexOf((byte)'\n');
        var line = end < 0 ? Rest : Rest[..end];
        Rest = end < 0 ? default : Rest[(end + 1)..];
        return line;
    }

    /// <summary>Names and values with a colon between, up to a blank line.</summary>
    public List<(string Name, string Value)> NextHeaders()
    {
        var headers = new List<(string, string)>();
        while (!Rest.IsEmpty && Next() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers.Add((line[..colon], line[(colon + 1)..].TrimStart(' ')));
        }

        return headers;
    }
}
