using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector;
using RepoPulse.Collector.Import;
using RepoPulse.Collector.Retention;
using RepoPulse.Core.Reading;
using RepoPulse.UnitTests.Core.Evidence;

namespace RepoPulse.UnitTests.Collector.Import;

public sealed class ArchiveImporterTests : IEventLogWriter, IFeedStore, IImportProgress
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly HashSet<EventKey> _held = [];
    private readonly List<string> _started = [];
    private readonly List<(string File, long Line)> _skipped = [];
    private readonly List<long> _bytes = [];
    private readonly List<ArchiveSpan> _archives = [];
    private Action? _onAppend;

    [Fact]
    public async Task Every_line_ends_up_in_one_of_the_counts()
    {
        var archive = Lines(
            Event(1),
            Event(2),
            "not JSON",
            Event(2),
            Event(3, daysAgo: 8),
            """{"id":"4","type":"FollowEvent","repo":{"name":"/"},"created_at":"2026-11-23T11:00:00Z"}""");

        var result = await ImportAsync(TimeSpan.FromDays(7), ("a.json", archive));

        Assert.Equal(5, result.Events);
        Assert.Equal(2, result.New);
        Assert.Equal(1, result.AlreadyHeld);
        Assert.Equal(1, result.Outdated);
        Assert.Equal(1, result.WithoutRepository);
        Assert.Equal(1, result.MalformedLines);
        Assert.Equal([("a.json", 3L)], _skipped);
        Assert.Empty(result.EndedEarly);
    }

    [Fact]
    public async Task An_archive_repairs_nothing_after_the_moment_of_its_import()
    {
        var future = """{"id":"9","type":"PushEvent","repo":{"id":1,"name":"a/b"},"payload":{},"created_at":"2030-01-01T00:30:00Z"}""";

        await ImportAsync(null, ("future.json", Lines(Event(1, daysAgo: 1), future)), ("2026-11-23-12.json", Lines(Event(2))));

        // Of the hour that has just begun nothing lies before the import.
        Assert.Equal((Now.AddDays(-1), Now), Assert.Single(_archives) is var span ? (span.From, span.To) : default);
    }

    [Theory]
    [InlineData("9999-12-31T23:30:00Z")]
    [InlineData("0001-01-01T00:30:00Z")]
    public async Task An_absurd_time_is_a_malformed_line_and_the_next_file_is_still_read(string time)
    {
        var absurd = $$"""{"id":"9","type":"PushEvent","repo":{"id":1,"name":"a/b"},"payload":{},"created_at":"{{time}}"}""";

        var result = await ImportAsync(null, ("absurd.json", Lines(absurd)), ("next.json", Lines(Event(1))));

        Assert.Equal((1, 1, 2), (result.MalformedLines, result.New, result.Files));
    }

    [Fact]
    public async Task A_second_import_adds_nothing()
    {
        var archive = Lines([.. Enumerable.Range(1, 10_000).Select(n => Event(n))]);
        await ImportAsync(null, ("a.json", archive));

        var again = await ImportAsync(null, ("a.json", archive));

        Assert.Equal((10_000, 0, 10_000), (again.Events, again.New, again.AlreadyHeld));
    }

    [Fact]
    public async Task A_cut_archive_keeps_its_whole_lines_and_is_named_and_the_next_is_still_read()
    {
        var whole = Gzip(Lines([.. Enumerable.Range(1, 500).Select(n => Event(n))]));

        var result = await ImportAsync(null, ("cut.json.gz", whole[..(whole.Length / 2)]), ("next.json", Lines(Event(900))));

        Assert.Equal("cut.json.gz", Assert.Single(result.EndedEarly).File);
        Assert.InRange(result.New, 2, 499);
        Assert.Contains(_held, key => key.Id.Value == 900);
        Assert.Equal(2, result.Files);
    }

    [Fact]
    public async Task An_interrupted_import_keeps_whole_batches_and_the_next_one_brings_the_rest()
    {
        var archive = Lines([.. Enumerable.Range(1, 10_000).Select(n => Event(n))]);
        using var interrupt = new CancellationTokenSource();
        _onAppend = interrupt.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(null, interrupt.Token, ("a.json", archive)));
        var kept = _held.Count;
        _onAppend = null;
        var rest = await ImportAsync(null, ("a.json", archive));

        Assert.InRange(kept, 1, 9_999);
        Assert.Equal(10_000 - kept, rest.New);
        Assert.Equal(10_000, _held.Count);
    }

    [Fact]
    public async Task Progress_names_each_file_and_never_goes_back()
    {
        await ImportAsync(null, ("a.json", Lines([.. Enumerable.Range(1, 9000).Select(n => Event(n))])), ("b.json", Lines(Event(9001))));

        Assert.Equal(["a.json", "b.json"], _started);
        Assert.Equal(_bytes.Take(_bytes.Count - 2).Order(), _bytes.Take(_bytes.Count - 2));
    }

    [Fact]
    public async Task An_hour_of_GH_Archive_is_noted_as_that_hour_of_every_repository()
    {
        // Of the hour's minutes three are empty, and an event of another time is in it.
        string[] events = [.. Enumerable.Range(0, 57).Select(minute => Event(minute + 1, daysAgo: 1, minute))];
        await ImportAsync(null, ("/data/2026-11-22-12.json.gz", Gzip(Lines([.. events, Event(99, daysAgo: 2)]))));

        Assert.Equal(new ArchiveSpan(Now.AddDays(-1), Now.AddDays(-1).AddHours(1), null), Assert.Single(_archives));
    }

    [Fact]
    public async Task An_hour_whose_events_do_not_stand_in_nearly_every_minute_is_not_noted()
    {
        string[] events = [.. Enumerable.Range(0, 56).Select(minute => Event(minute + 1, daysAgo: 1, minute))];
        await ImportAsync(null, ("2026-11-22-12.json", Lines(events)), ("2026-11-21-12.json", Lines(Event(99, daysAgo: 2))));

        Assert.Empty(_archives);
    }

    [Fact]
    public async Task Two_archives_of_one_hour_are_one()
    {
        string[] events = [.. Enumerable.Range(0, 60).Select(minute => Event(minute + 1, daysAgo: 1, minute))];
        await ImportAsync(
            null, ("a/2026-11-22-12.json", Lines(events[..30])), ("b/2026-11-22-12.json", Lines(events[25..])));

        Assert.Null(Assert.Single(_archives).Repositories);
    }

    [Fact]
    public async Task The_links_of_its_pushes_bound_what_an_archive_holds()
    {
        var whole = Enumerable.Range(1, 5).Select(i => EvidenceEvents.Push(i, Now.AddHours(-i), 100 - i, 101 - i)).ToArray();
        string[] lines = [.. whole.Where(e => e.Key.Id.Value != 3).Select(e => Encoding.UTF8.GetString(e.Json.Span))];
        var result = await ImportAsync(null, ("a.json", Lines(lines[..2])), ("b.json", Lines(lines[2..])));

        Assert.Equal((2, 1), (result.Links, result.BrokenLinks));
        Assert.All(_archives, archive => Assert.Equal(1, archive.CapturedAtMost));
    }

    [Fact]
    public async Task Any_other_archive_is_noted_as_the_hours_of_its_events_of_their_repositories()
    {
        await ImportAsync(null, ("2015-01-01-3.json", Lines(Event(1, daysAgo: 1), Event(2, daysAgo: 2))));

        var noted = Assert.Single(_archives);
        Assert.Equal((Now.AddDays(-2), Now.AddDays(-1).AddHours(1)), (noted.From, noted.To));
        Assert.Equal([new RepositoryId(7)], noted.Repositories);
    }

    [Fact]
    public async Task Of_an_archive_what_is_too_old_to_be_kept_is_not_noted()
    {
        await ImportAsync(TimeSpan.FromHours(30), ("a.json", Lines(Event(1), Event(2, daysAgo: 3))));
        await ImportAsync(TimeSpan.FromHours(30), ("b.json", Lines(Event(3, daysAgo: 3))), ("c.json", []));

        Assert.Equal(Now.AddHours(-30), Assert.Single(_archives).From);
    }

    [Fact]
    public async Task An_archive_that_ends_early_is_not_noted()
    {
        var whole = Gzip(Lines([.. Enumerable.Range(1, 500).Select(n => Event(n))]));

        await ImportAsync(null, ("2026-11-23-12.json.gz", whole[..(whole.Length / 2)]));

        Assert.Empty(_archives);
    }

    [Fact]
    public void What_is_not_there_is_named()
        => Assert.Contains(
            "'/no/such/file'",
            Assert.Throws<FileNotFoundException>(() => ArchiveFiles.Find(["-", "/no/such/file"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_folder_gives_its_archives_in_order_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("repopulse-test-");
        try
        {
            foreach (var name in (string[])["b.json.gz", "a.json", "readme.txt"])
                File.WriteAllText(Path.Combine(folder.FullName, name), "");

            Assert.Equal(["a.json", "b.json.gz"], ArchiveFiles.Find([folder.FullName]).Select(Path.GetFileName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        Assert.Equal(EventSource.Import, source);
        var added = events.Count(e => _held.Add(e.Key));
        _onAppend?.Invoke();
        return ValueTask.FromResult(new AppendResult(added, events.Count - added));
    }

    ValueTask IFeedStore.NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken)
    {
        _archives.Add(archive);
        return ValueTask.CompletedTask;
    }

    ValueTask<IReadOnlyList<WatchedFeed>> IFeedStore.ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    ValueTask<FeedCursor> IFeedStore.ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    ValueTask<bool> IFeedStore.SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
        => throw new NotSupportedException();

    void IImportProgress.FileStarted(string file, long? length) => _started.Add(file);

    void IImportProgress.Advanced(long bytesRead, ImportResult soFar) => _bytes.Add(bytesRead);

    void IImportProgress.Skipped(string file, MalformedLine line) => _skipped.Add((file, line.Line));

    private static byte[] Lines(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    private static string Event(int number, int daysAgo = 0, int minute = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{number}}","type":"PushEvent","repo":{"id":7,"name":"octo/cat"},"payload":{},"created_at":"{{Now.AddDays(-daysAgo).AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ}}"}""");

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return target.ToArray();
    }

    private Task<ImportResult> ImportAsync(TimeSpan? retention, params (string Name, byte[] Content)[] files)
        => ImportAsync(retention, CancellationToken.None, files);

    private async Task<ImportResult> ImportAsync(
        TimeSpan? retention, CancellationToken cancellation, params (string Name, byte[] Content)[] files)
    {
        using var meters = new TestMeterFactory();
        var metrics = new CollectorMetrics(meters);
        var options = new CollectorOptions { Name = "test", RetentionPeriod = retention };
        var time = new FakeTimeProvider(Now);
        return await new ArchiveImporter(
            new EventIntake(this, options, metrics, new RetentionClock(time)), this, options, metrics, time)
            .ImportAsync(
            [.. files.Select(file => file.Name)],
            name => new MemoryStream(files.Single(file => file.Name == name).Content),
            this,
            cancellation);
    }
}
