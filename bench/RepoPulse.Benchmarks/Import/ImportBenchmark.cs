using System.Diagnostics;
using DuckDB.NET.Data;

namespace RepoPulse.Benchmarks.Import;

/// <summary>
/// Imports one large GH Archive file with the real executable, next to <c>gzip -dc</c> of the same file and to DuckDB loading it into a
/// table, in turn and several times, so that the ratios hold on a noisy machine.
/// </summary>
internal static class ImportBenchmark
{
    public static async Task RunAsync(string dataFolder, string executable, int copies, int rounds, TextWriter output)
    {
        var work = Directory.CreateTempSubdirectory("repopulse-bench-");
        try
        {
            var archive = Path.Combine(work.FullName, "multiplied.json.gz");
            var (events, bytes) = await ArchiveMultiplier.WriteAsync(
                Path.Combine(dataFolder, "gharchive", "2015-01-01-0.json.gz"), archive, copies);
            await output.WriteLineAsync($"{events:N0} events, {bytes:N0} bytes of JSON, {new FileInfo(archive).Length:N0} bytes of gzip");

            var gzip = new List<double>();
            var import = new List<double>();
            var duck = new List<double>();
            long stored = 0;
            long duckStored = 0;
            for (var round = -1; round < rounds; round++)
            {
                var database = Path.Combine(work.FullName, $"{round}.db");
                var duckFile = Path.Combine(work.FullName, $"{round}.duckdb");
                var times = (
                    Gzip: await TimeAsync("gzip", ["-dc", archive]),
                    Import: await TimeAsync("dotnet",
                    [
                        executable,
                        "import",
                        archive,
                        "--Collector:RetentionPeriod=forever",
                        $"--Storage:ConnectionString=Data Source={database}"
                    ]),
                    Duck: LoadWithDuckDb(archive, duckFile));
                stored = Directory.EnumerateFiles(work.FullName, $"{round}.db*").Sum(file => new FileInfo(file).Length);
                duckStored = new FileInfo(duckFile).Length;
                foreach (var file in Directory.EnumerateFiles(work.FullName, $"{round}.d*"))
                    File.Delete(file);
                if (round < 0)
                    continue; // the first warms the file cache
                gzip.Add(times.Gzip);
                import.Add(times.Import);
                duck.Add(times.Duck);
            }

            await output.WriteLineAsync($"gzip -dc          {Median(gzip),8:F2} s");
            await output.WriteLineAsync(
                $"repopulse import  {Median(import),8:F2} s  {events / Median(import),10:N0} events/s  " +
                $"{Median(import.Zip(gzip, (a, b) => a / b)),6:F2} x gzip  {stored / (double)events,7:F0} bytes/event  " +
                $"{stored / (double)bytes,6:P1} of the JSON");
            await output.WriteLineAsync(
                $"DuckDB, to table  {Median(duck),8:F2} s  {events / Median(duck),10:N0} events/s  " +
                $"{Median(duck.Zip(gzip, (a, b) => a / b)),6:F2} x gzip  {duckStored / (double)events,7:F0} bytes/event  " +
                $"{duckStored / (double)bytes,6:P1} of the JSON");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<double> TimeAsync(string file, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {await error}");
    }

    private static double LoadWithDuckDb(string archive, string database)
    {
        var start = Stopwatch.GetTimestamp();
        using (var connection = new DuckDBConnection($"Data Source={database}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                $$"""
                CREATE TABLE event AS SELECT * FROM read_json('{{archive}}', format = 'newline_delimited', columns = {
                  id: 'VARCHAR', type: 'VARCHAR', actor: 'JSON', repo: 'STRUCT(id BIGINT, name VARCHAR, url VARCHAR)', payload: 'JSON',
                  "public": 'BOOLEAN', created_at: 'TIMESTAMP', org: 'JSON' })
                """;
            command.ExecuteNonQuery();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
