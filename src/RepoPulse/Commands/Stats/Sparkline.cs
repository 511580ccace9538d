namespace RepoPulse.Commands.Stats;

/// <summary>Draws counts as a line of text, one character each: the taller, the more. The lowest is none at all.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    public static string Draw(ReadOnlySpan<long> counts)
    {
        var most = 0L;
        foreach (var count in counts)
            most = Math.Max(most, count);
        Span<char> line = stackalloc char[counts.Length];
        for (var i = 0; i < counts.Length; i++)
            line[i] = Levels[most == 0 ? 0 : (int)Math.Ceiling((double)counts[i] * (Levels.Length - 1) / most)];
        return new string(line);
    }
}
