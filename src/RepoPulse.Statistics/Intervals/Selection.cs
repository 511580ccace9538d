using System.Numerics;

namespace RepoPulse.Statistics;

/// <summary>Finds a value by its rank without sorting all.</summary>
internal static class Selection
{
    private const int SmallEnoughToSort = 16;

    /// <summary>
    /// Orders so far that <c>values[rank]</c> is what sorting would put there, with no greater value before it and no smaller one after it.
    /// </summary>
    public static void Select(Span<long> values, int rank)
    {
        var low = 0;
        var high = values.Length - 1;
        // Values that defeat the choice of pivots are sorted after all, so that the worst case is that of sorting.
        for (var rounds = 2 * BitOperations.Log2((uint)values.Length); rounds > 0 && high - low >= SmallEnoughToSort; rounds--)
        {
            var pivot = MedianOf(values[low], values[(low + high) >>> 1], values[high]);
            var left = low;
            var right = high;
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            // What lies between the two is equal to the pivot.
            if (rank > right && rank < left)
                return;
            if (rank <= right)
                high = right;
            else
                low = left;
        }

        values[low..(high + 1)].Sort();
    }

    private static long MedianOf(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
