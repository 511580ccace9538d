namespace RepoPulse.Configuration;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int MaxCompared = 100;

    /// <summary>
    /// The nearest of some names without regard to case: one with the same last part under another section if there is one, else by the
    /// number of letters to insert, delete, replace or swap.
    /// </summary>
    public static string Find(string name, IEnumerable<string> names)
    {
        var last = LastPart(name);
        // Time and memory grow with the length, and a text much longer than any name is near to none of them.
        var start = name[..Math.Min(name.Length, MaxCompared)].ToUpperInvariant();
        return names
            .OrderByDescending(candidate => LastPart(candidate).Equals(last, StringComparison.OrdinalIgnoreCase))
            .ThenBy(candidate => Distance(candidate.ToUpperInvariant(), start))
            .First();
    }

    /// <summary>The optimal string alignment distance.</summary>
    public static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[left.Length, right.Length];
    }

    private static string LastPart(string name) => name[(name.LastIndexOf(':') + 1)..];
}
