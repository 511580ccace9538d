namespace RepoPulse.Benchmarks;

/// <summary>How payloads are stored best, on recorded events. What was decided by it: docs/decisions/0002-payload-storage.md.</summary>
public static class PayloadBenchmark
{
    /// <summary>How often the two recorded hours are repeated to make one of today's size.</summary>
    private const int Times = 12;

    /// <summary>Writes Markdown tables.</summary>
    /// <param name="dataFolder">Where <c>gharchive/</c> with the recorded hours is.</param>
    public static async Task RunAsync(string dataFolder, TextWriter output)
    {
        var hours = PayloadEvents.ReadHours(dataFolder);
        await output.WriteLineAsync($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");

        var variants = new PayloadVariants(output);
        variants.Run("Two hours of 2015", hours);
        variants.Run("Sample of 2021", PayloadEvents.ReadSample2021(dataFolder));

        var store = new PayloadStore(output);
        store.WriteHeader();
        await store.RunAsync("two hours", hours, inFlight: 1);
        await store.RunAsync("two hours", hours, inFlight: 2);
        var many = PayloadEvents.Multiply(hours, Times);
        await store.RunAsync($"{Times} times", many, inFlight: 1);
        await store.RunAsync($"{Times} times", many, inFlight: 2);
    }
}
