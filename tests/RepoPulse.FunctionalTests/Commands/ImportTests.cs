using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using RepoPulse.FunctionalTests.Processes;
using RepoPulse.FunctionalTests.Simulator;

namespace RepoPulse.FunctionalTests.Commands;

public sealed class ImportTests : IDisposable
{
    private const string Forever = "--Collector:RetentionPeriod=forever";

    private static readonly TimeSpan Window = TimeSpan.FromDays(10_000);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_whole_hours_of_GH_Archive_give_their_events_and_the_statistics_of_a_plain_recomputation()
    {
        string[] hours = [RecordedData.Path("gharchive/2015-01-01-0.json.gz"), RecordedData.Path("gharchive/2015-01-01-1.json.gz")];

        var first = await ImportAsync([.. hours, Forever]);
        var second = await ImportAsync([.. hours, Forever]);

        Assert.Equal((0, 15_129L, 15_129L, 0L, 0L, 0L), first);
        Assert.Equal((0, 15_129L, 0L, 15_129L, 0L, 0L), second);
        var events = await ReadPlainlyAsync(hours);
        Assert.Equal(15_129, events.Count);
        await AssertStatisticsAsync(events, 500);
        await AssertStatisticsAsync(events, 20);
    }

    [Fact]
    public async Task Killed_in_the_middle_an_import_is_completed_by_the_next()
    {
        var archive = MakeArchive(20_000);
        var file = _folder.File("archive.json");
        await File.WriteAllBytesAsync(file, archive);

        // Through a pipe that stays open, it is certainly in the middle when it dies.
        await using (var import = RepoPulseProcess.Start("import", "-", Forever, _folder.Database))
        {
            await import.Input.BaseStream.WriteAsync(archive.AsMemory(0, archive.Length / 2));
            await import.Input.BaseStream.FlushAsync();
            await Eventually.GetAsync(() => StatisticsAsync(500), documents => documents.Count > 0);
            Assert.False(import.HasExited);
            await import.KillAsync();
        }

        var (exit, read, added, held, outdated, malformed) = await ImportAsync([file, Forever]);

        Assert.Equal((0, 20_000L, 0L, 0L), (exit, read, outdated, malformed));
        Assert.Equal(20_000, added + held);
        Assert.InRange(held, 1, 19_999);
        await AssertStatisticsAsync(await ReadPlainlyAsync([file]), 500);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task An_interrupted_import_says_what_is_stored_and_ends_with_the_signals_code(string signal, int code)
    {
        await using var import = RepoPulseProcess.Start("import", "-", Forever, _folder.Database);
        await import.Input.BaseStream.WriteAsync(MakeArchive(9_000));
        await import.Input.BaseStream.FlushAsync();
        await Eventually.GetAsync(() => StatisticsAsync(500), documents => documents.Count > 0);

        await import.SignalAsync(signal);

        // The pipe stays open: it must not wait for more.
        var (exit, output, errors) = await EndWithOpenInputAsync(import);
        Assert.Equal(code, exit);
        Assert.Contains("interrupted", errors, StringComparison.Ordinal);
        Assert.Contains("events read:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_events_are_counted_not_kept_and_the_way_to_keep_them_is_named()
    {
        var file = _folder.File("archive.json");
        await File.WriteAllBytesAsync(file, MakeArchive(10));

        var (exit, output, errors) = await RepoPulseProcess.RunAsync("import", file, _folder.Database);

        Assert.Equal(0, exit);
        Assert.Equal(10, Count(output, "older than the retention period"));
        Assert.Equal(0, Count(output, "new"));
        Assert.Contains("--Collector:RetentionPeriod=forever", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_lines_are_named_counted_and_fail_nothing()
    {
        var file = _folder.File("archive.json");
        await File.WriteAllTextAsync(
            file, Encoding.UTF8.GetString(MakeArchive(2)) + "{\"id\":\"1\n" + Encoding.UTF8.GetString(MakeArchive(1)));

        var (exit, output, errors) = await RepoPulseProcess.RunAsync("import", file, Forever, _folder.Database);

        Assert.Equal(0, exit);
        Assert.Equal(1, Count(output, "malformed lines skipped"));
        Assert.Equal(3, Count(output, "events read"));
        Assert.Contains($"{file}:3:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_archive_keeps_its_whole_lines_and_ends_with_1()
    {
        using var whole = new MemoryStream();
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(MakeArchive(2_000));
        var file = _folder.File("cut.json.gz");
        await File.WriteAllBytesAsync(file, whole.ToArray()[..((int)whole.Length / 2)]);

        var (exit, output, errors) = await RepoPulseProcess.RunAsync("import", file, Forever, _folder.Database);

        Assert.Equal(1, exit);
        Assert.InRange(Count(output, "new"), 1, 1_999);
        Assert.Contains("ends early", errors, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndWithOpenInputAsync(RepoPulseProcess process)
    {
        await Eventually.GetAsync(() => Task.FromResult(process.HasExited), exited => exited);
        return await process.EndAsync();
    }

    private static long Count(string output, string what) => long.Parse(
        output.Split('\n').Single(line => line.StartsWith(what + ":", StringComparison.Ordinal))[(what.Length + 1)..],
        CultureInfo.InvariantCulture);

    /// <summary>Events of some repositories and types, out of order and with ties, in the form of GH Archive.</summary>
    private static byte[] MakeArchive(int events)
    {
        string[] types = ["PushEvent", "WatchEvent", "ForkEvent"];
        var lines = new StringBuilder();
        for (var i = 0; i < events; i++)
        {
            var at = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds((i * 7919L) % 100_000 / 3);
            lines.Append(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{i + 1}}","type":"{{types[i % 3]}}","actor":{"id":{{i % 50}},"login":"u{{i % 50}}"},"repo":{"id":{{i % 7 + 1}},"name":"octo/r{{i % 7 + 1}}"},"payload":{},"public":true,"created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}""")
                .Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static async Task<List<(long Repository, string Id, string Type, DateTimeOffset At)>> ReadPlainlyAsync(
        IEnumerable<string> files)
    {
        var events = new List<(long, string, string, DateTimeOffset)>();
        foreach (var file in files)
        {
            await using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress)
                : File.OpenRead(file);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync() is { } line)
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                events.Add((
                    root.GetProperty("repo").GetProperty("id").GetInt64(),
                    root.GetProperty("id").GetString()!,
                    root.GetProperty("type").GetString()!,
                    root.GetProperty("created_at").GetDateTimeOffset()));
            }
        }

        return events;
    }

    private async Task<(int ExitCode, long Read, long New, long Held, long Outdated, long Malformed)> ImportAsync(params string[] arguments)
    {
        var (exit, output, _) = await RepoPulseProcess.RunAsync(["import", .. arguments, _folder.Database]);
        return (exit, Count(output, "events read"), Count(output, "new"), Count(output, "already held"), Count(
            output, "older than the retention period"), Count(output, "malformed lines skipped"));
    }

    private async Task<IReadOnlyList<JsonElement>> StatisticsAsync(int windowEvents)
    {
        var (exit, output, errors) = await RepoPulseProcess.RunAsync(
            "stats", "--json", Forever, _folder.Database, $"--Statistics:WindowDuration={Window:c}",
            $"--Statistics:WindowEvents={windowEvents}");
        Assert.True(exit == 0, errors);
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(item => item.Clone())];
    }

    private async Task AssertStatisticsAsync(List<(long Repository, string Id, string Type, DateTimeOffset At)> events, int windowEvents)
    {
        var documents = await StatisticsAsync(windowEvents);
        var byRepository = events.ToLookup(e => e.Repository, e => (e.Id, e.Type, e.At));
        Assert.Equal(byRepository.Select(group => group.Key).Order(), documents
            .Select(document => document.GetProperty("repositoryId").GetInt64())
            .Order());
        foreach (var document in documents)
            NaiveStatistics.AssertEqual(
                document,
                byRepository[document.GetProperty("repositoryId").GetInt64()],
                TimeProvider.System.GetUtcNow(),
                Window,
                windowEvents);
    }
}
