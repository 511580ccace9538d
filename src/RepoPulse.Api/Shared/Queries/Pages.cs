namespace RepoPulse.Api;

/// <summary>Cuts pages out of lists that are in order.</summary>
internal static class Pages
{
    /// <summary>
    /// Where the first row after a position stands. A position is a place in the order, not a row: the row may have gone meanwhile.
    /// </summary>
    /// <param name="isAfter">Whether a row comes after the position; from the first that does, all do.</param>
    public static int FirstAfter<T>(IReadOnlyList<T> ordered, Func<T, bool> isAfter)
    {
        var low = 0;
        var high = ordered.Count;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (isAfter(ordered[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>The rows of a page, and the last of them where others follow.</summary>
    public static (IReadOnlyList<T> Rows, T? Last) Cut<T>(IReadOnlyList<T> ordered, int start, int limit)
        where T : class
    {
        var count = Math.Min(limit, ordered.Count - start);
        var rows = new T[count];
        for (var i = 0; i < count; i++)
            rows[i] = ordered[start + i];
        return (rows, start + count < ordered.Count ? rows[^1] : null);
    }
}
