namespace RepoPulse.Commands.Stats;

/// <summary>
/// Draws counts as a line of text, one character each: the taller, the more. The lowest is none at all, a dot says that nobody knows.
/// </summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    private const char Unknown = '·';

    /// <param name="unknown">How many of the first counts are of times that nobody watched: a level line there would show a silence that
    /// was none.</param>
    public static string Draw(ReadOnlySpan<long> counts, int unknown = 0)
    {
        var most = 0L;
        foreach (var count in counts)
            most = Math.Max(most, count);
        Span<char> line = stackalloc char[counts.Length];
        for (var i = 0; i < counts.Length; i++)
            line[i] = i < unknown ? Unknown : Levels[most == 0 ? 0 : (int)Math.Ceiling((double)counts[i] * (Levels.Length - 1) / most)];
        return new string(line);
    }
}
