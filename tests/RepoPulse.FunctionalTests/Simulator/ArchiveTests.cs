using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using GitHubSimulator.Accounts;
using GitHubSimulator.Archive;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class ArchiveTests : IDisposable
{
    private static readonly DateTimeOffset Start = SimulatedGitHub.Start;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator-archive-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_recorded_hour_reads_through_the_API_as_it_stands_in_its_file()
    {
        var file = RecordedData.Path("gharchive/2015-01-01-0.json.gz");
        var recorded = ReadIndependently(file);
        await using var github = await SimulatedGitHub.StartAsync(new WorldOptions
        {
            Limits = new LimitOptions { Unauthenticated = 100_000, PointsPerMinute = 100_000 },
        });

        var summary = ArchivePlayer.Play(github.World, [file], ArchiveTiming.NewestAt(Start));

        Assert.Equal(recorded.Count, summary.Events);
        var shift = Start - recorded.Max(Time);
        var byRepository = recorded.GroupBy(e => e.GetProperty("repo").GetProperty("id").GetInt64()).ToList();
        Assert.Equal(byRepository.Count, github.World.Repositories.Count);
        foreach (var repository in byRepository.OrderByDescending(events => events.Count()).Take(100))
        {
            var read = (await github.GetJsonAsync($"repositories/{repository.Key}/events?per_page=100")).EnumerateArray().ToList();
            var expected = repository.Select(e => (Id(e), Time(e) + shift, WithoutTime(e)));
            Assert.Equal(expected.Order(), read.Select(e => (Id(e), Time(e), WithoutTime(e))).Order());
            Assert.Equal(read.OrderByDescending(Time).Select(Time), read.Select(Time));
        }
    }

    [Fact]
    public async Task A_recorded_hour_plays_on_as_time_goes_on()
    {
        var file = RecordedData.Path("gharchive/2015-01-01-0.json.gz");
        var recorded = ReadIndependently(file);
        await using var github = await SimulatedGitHub.StartAsync();

        // Ten times as fast, so that all of it is over in six minutes; read before 300 more can come.
        ArchivePlayer.Play(github.World, [file], ArchiveTiming.OldestAt(Start, speed: 10));
        var seen = new HashSet<(long, DateTimeOffset)>();
        for (var i = 0; i <= 360; i++)
        {
            seen.UnionWith(github.World.ReadPublicFeed().Select(e => (e.Id, e.CreatedAt)));
            github.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(recorded.Select(Id).Order(), seen.Select(e => e.Item1).Order());
        Assert.True(seen.Max(e => e.Item2) - seen.Min(e => e.Item2) <= TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Only_the_time_of_an_archived_event_changes()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        const string Line =
            """{ "type":"PushEvent", "created_at":"2020-01-02T03:04:05Z","payload":{"created_at":"left","n":1.50},"id":"77","repo":{"name":"a/b","id":5,"extra":[{}]}}""";

        var summary = ArchivePlayer.Play(github.World, [Write("one.json", Line)], ArchiveTiming.NewestAt(Start.AddMinutes(-1)));

        Assert.Equal(new ArchiveSummary(1, 0, 0), summary);
        Assert.Equal(
            $"[{Line.Replace("2020-01-02T03:04:05Z", "2026-11-23T11:59:00Z", StringComparison.Ordinal)}]",
            await github.Client.GetStringAsync("repositories/5/events"));
    }

    [Fact]
    public async Task The_speed_stretches_or_squeezes_the_time_between_events()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var file = Write("two.json", Event(1, "2020-01-01T00:00:00Z"), Event(2, "2020-01-01T01:00:00Z"));

        ArchivePlayer.Play(github.World, [file], ArchiveTiming.OldestAt(Start, speed: 4));
        Assert.Equal(["1"], await github.GetIdsAsync("events"));
        github.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(["2", "1"], await github.GetIdsAsync("events"));
    }

    [Fact]
    public async Task Unusable_and_repeated_lines_are_counted_and_left_out()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var file = Write(
            "odd.json",
            Event(1, "2026-11-23T10:00:00Z"),
            Event(1, "2026-11-23T10:00:00Z"),
            "{\"id\":\"2\",\"type\":",
            "not JSON",
            "",
            Event(3, "2026-11-23T10:00:01Z") + Event(4, "2026-11-23T10:00:02Z"),
            """{"type":"WatchEvent","repository":{"id":5},"created_at":"2012/03/10 12:34:56 -0800"}""",
            """{"id":"6","type":"FollowEvent","created_at":"2026-11-23T10:00:03Z"}""");

        var summary = ArchivePlayer.Play(github.World, [file], ArchiveTiming.AsRecorded);

        Assert.Equal(new ArchiveSummary(Events: 1, Duplicates: 1, Skipped: 5), summary);
        Assert.Equal(["1"], await github.GetIdsAsync("events"));
    }

    [Fact]
    public async Task A_folder_stands_for_the_archives_in_it_plain_or_compressed()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        Write("a.json", Event(1, "2026-11-23T10:00:00Z"));
        Write("notes.txt", Event(9, "2026-11-23T10:00:00Z"));
        await using (var gzip = new GZipStream(File.Create(Path.Combine(_folder.FullName, "b.json.gz")), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(Event(2, "2026-11-23T11:00:00Z")));

        ArchivePlayer.Play(github.World, [_folder.FullName], ArchiveTiming.AsRecorded);

        Assert.Equal(["2", "1"], await github.GetIdsAsync("events"));
        Assert.Throws<FileNotFoundException>(() => ArchivePlayer.Play(github.World, ["/no/such/file.json"], ArchiveTiming.AsRecorded));
    }

    [Fact]
    public async Task A_repository_renamed_within_an_archive_ends_with_its_last_name()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var file = Write(
            "renamed.json",
            Event(2, "2026-11-23T10:00:01Z", name: "new/title"),
            Event(1, "2026-11-23T10:00:00Z", name: "old/name"));

        ArchivePlayer.Play(github.World, [file], ArchiveTiming.AsRecorded);

        Assert.Equal(["2", "1"], await github.GetIdsAsync("repos/new/title/events"));
        Assert.Equal(HttpStatusCode.MovedPermanently, await github.GetStatusAsync("repos/old/name/events"));
    }

    private static string Event(long id, string createdAt, string name = "a/b") =>
        $$"""{"id":"{{id}}","type":"WatchEvent","repo":{"id":5,"name":"{{name}}"},"created_at":"{{createdAt}}"}""";

    private static List<JsonElement> ReadIndependently(string file)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var events = new List<JsonElement>();
        while (lines.ReadLine() is { } line)
            events.Add(JsonDocument.Parse(line).RootElement);
        return events;
    }

    private static long Id(JsonElement e) => long.Parse(e.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonElement e) => e.GetProperty("created_at").GetDateTimeOffset();

    private static string WithoutTime(JsonElement e) =>
        string.Join(
            '\n', e.EnumerateObject().Where(property => !property.NameEquals("created_at")).Select(property => property.ToString()));

    private string Write(string name, params IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, string.Join('\n', lines));
        return path;
    }
}
