using System.Diagnostics;
using RepoPulse.Benchmarks.Import;

namespace RepoPulse.Benchmarks;

/// <summary>
/// From the start of the real executable's <c>serve</c> to ready, over a database of many events in the window and over an empty one, in
/// turn.
/// </summary>
internal static class StartupBenchmark
{
    public static async Task RunAsync(string dataFolder, string executable, int copies, int rounds, TextWriter output)
    {
        var work = Directory.CreateTempSubdirectory("repopulse-bench-");
        try
        {
            var archive = Path.Combine(work.FullName, "multiplied.json.gz");
            var (events, _) = await ArchiveMultiplier.WriteAsync(
                Path.Combine(dataFolder, "gharchive", "2015-01-01-0.json.gz"), archive, copies);
            string[] full =
            [
                "--Collector:RetentionPeriod=forever",
                "--Statistics:WindowDuration=10000.00:00:00",
                $"--Storage:ConnectionString=Data Source={Path.Combine(work.FullName, "full.db")}"
            ];
            string[] empty = [.. full[..2], $"--Storage:ConnectionString=Data Source={Path.Combine(work.FullName, "empty.db")}"];
            using (var import = Process.Start("dotnet", [executable, "import", archive, .. full]))
                await import.WaitForExitAsync();

            var times = (Full: new List<double>(), Empty: new List<double>());
            long memory = 0;
            for (var round = -1; round < rounds; round++)
            {
                var (withEvents, peak) = await ServiceStart.MeasureAsync(executable, full, CancellationToken.None);
                var (without, _) = await ServiceStart.MeasureAsync(executable, empty, CancellationToken.None);
                if (round < 0)
                    continue;
                times.Full.Add(withEvents);
                times.Empty.Add(without);
                memory = Math.Max(memory, peak);
            }

            times.Full.Sort();
            times.Empty.Sort();
            await output.WriteLineAsync(
                $"{events:N0} events: ready after {times.Full[rounds / 2]:F2} s (median of {rounds}), {memory >> 20} MiB at the peak; " +
                $"an empty database: {times.Empty[rounds / 2]:F2} s");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
