using System.Runtime;

namespace RepoPulse.Fuzzing;

/// <summary>Whether a target keeps something of each input that it is given.</summary>
internal static class FuzzMemory
{
    /// <summary>
    /// Bounded tables fill up slowly. A parser that kept its inputs would hold many times as much after tens of thousands.
    /// </summary>
    public const long MaxGrowth = 16 << 20;

    /// <summary>How often memory is measured in each half.</summary>
    private const int Samples = 8;

    /// <summary>
    /// Runs all inputs, and returns by how many bytes memory grew from the first half to the second. The least of several samples is taken
    /// of each: a table that is emptied now and then is low in both, and what is kept for good is in all. The first sample is left out, as
    /// a warm-up.
    /// </summary>
    public static async Task<long> MeasureAsync(FuzzRun run, long inputs)
    {
        var from = 0L;
        var first = await LeastAsync(0);
        return await LeastAsync(Samples) - first;

        async Task<long> LeastAsync(int done)
        {
            var least = long.MaxValue;
            for (var sample = done + 1; sample <= done + Samples; sample++)
            {
                var to = inputs * sample / (2 * Samples);
                await run.RunAsync(from, to - from);
                from = to;
                // The same places in both halves, so that steady growth is measured over half of the inputs.
                if (sample > done + 1)
                    least = Math.Min(least, Held());
            }

            return least;
        }
    }

    /// <summary>What is still referenced, after finalizers have run and large objects were moved together.</summary>
    private static long Held()
    {
        Collect();
        GC.WaitForPendingFinalizers();
        Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    private static void Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }
}
