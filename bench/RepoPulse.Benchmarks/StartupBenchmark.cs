using System.Diagnostics;
using System.Net;
using RepoPulse.Benchmarks.Import;

namespace RepoPulse.Benchmarks;

/// <summary>From the start of the real executable's <c>serve</c> to ready, over a database of many events in the window and over an empty one, in turn.</summary>
internal static class StartupBenchmark
{
    public static async Task RunAsync(string dataFolder, string executable, int copies, int rounds, TextWriter output)
    {
        var work = Directory.CreateTempSubdirectory("repopulse-bench-");
        try
        {
            var archive = Path.Combine(work.FullName, "multiplied.json.gz");
            var (events, _) = await ArchiveMultiplier.WriteAsync(Path.Combine(dataFolder, "gharchive", "2015-01-01-0.json.gz"), archive, copies);
            string[] full = ["--Collector:RetentionPeriod=forever", "--Statistics:WindowDuration=10000.00:00:00", $"--Storage:ConnectionString=Data Source={Path.Combine(work.FullName, "full.db")}"];
            string[] empty = [.. full[..2], $"--Storage:ConnectionString=Data Source={Path.Combine(work.FullName, "empty.db")}"];
            using (var import = Process.Start("dotnet", [executable, "import", archive, .. full]))
                await import.WaitForExitAsync();

            var times = (Full: new List<double>(), Empty: new List<double>());
            long memory = 0;
            for (var round = -1; round < rounds; round++)
            {
                var (withEvents, peak) = await StartAsync(executable, full);
                var (without, _) = await StartAsync(executable, empty);
                if (round < 0)
                    continue;
                times.Full.Add(withEvents);
                times.Empty.Add(without);
                memory = Math.Max(memory, peak);
            }

            times.Full.Sort();
            times.Empty.Sort();
            await output.WriteLineAsync($"{events:N0} events: ready after {times.Full[rounds / 2]:F2} s (median of {rounds}), {memory >> 20} MiB resident; an empty database: {times.Empty[rounds / 2]:F2} s");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<(double Seconds, long Memory)> StartAsync(string executable, string[] settings)
    {
        const string Url = "http://127.0.0.1:18099";
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [executable, "serve", $"--Api:Urls={Url}", .. settings]) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, $"{Url}/health/ready"))
        {
            if (process.HasExited)
                throw new InvalidOperationException(await errors);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        var memory = process.WorkingSet64;
        process.Kill();
        await process.WaitForExitAsync();
        return (seconds, memory);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string url)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
