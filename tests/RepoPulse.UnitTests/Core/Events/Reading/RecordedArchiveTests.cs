namespace RepoPulse.UnitTests.Core.Events.Reading;

/// <summary>Against what GH Archive really published; the expected numbers are those that the recorded data is described with.</summary>
public sealed class RecordedArchiveTests
{
    [Theory]
    [InlineData("gharchive/2015-01-01-0.json.gz", 7702, 7702)]
    [InlineData("gharchive/2015-01-01-1.json.gz", 7427, 7427)]
    [InlineData("gharchive/2018-01-01-0.head10.ndjson", 10, 10)]
    [InlineData("gharchive/2021-07-21-06-09.sample800.ndjson", 800, 800)]
    [InlineData("old-timeline/2014-06-01-1.sample500.ndjson", 500, 500)]
    [InlineData("oddities/era-2025-2026.quoted-in-go-test.ndjson", 4, 4)]
    [InlineData("oddities/interleaved-2017-11-08-1.excerpt.txt", 0, 0, 1L)]
    [InlineData("oddities/interleaved-2021-09-11-9.excerpt.txt", 0, 0, 1L)]
    [InlineData("oddities/reconstructed-empty-hour.json.gz", 0, 0)]
    [InlineData("oddities/reconstructed-exact-duplicate.ndjson", 4, 3)]
    [InlineData("oddities/reconstructed-interleaved.ndjson", 2, 2, 2L)]
    [InlineData("oddities/reconstructed-no-newline-between.ndjson", 4, 4)]
    [InlineData("oddities/reconstructed-nul-run.ndjson", 2, 2, 2L)]
    [InlineData("oddities/reconstructed-one-line-hour.json.gz", 1, 1)]
    [InlineData("oddities/reconstructed-truncated-last-line.ndjson", 2, 2, 3L)]
    [InlineData("oddities/reconstructed-truncated.json.gz", 337, 337, 338L)]
    [InlineData("oddities/reconstructed-two-gzip-members.json.gz", 500, 500)]
    public async Task A_recorded_archive_holds_what_it_is_known_to_hold(string file, int events, int distinct, params long[] malformed)
    {
        await using var stream = File.OpenRead(TestData.PathTo(file));

        var read = await ArchiveSamples.ReadAsync(stream, batch: 1000);

        Assert.Equal(events, read.Keys.Count);
        Assert.Equal(distinct, read.Keys.Distinct().Count());
        Assert.Equal(malformed, read.MalformedAt);
        Assert.Equal(file.EndsWith("truncated.json.gz", StringComparison.Ordinal), read.EndedEarly is not null);
        Assert.Equal(stream.Length, read.BytesRead);
    }

    [Theory]
    [InlineData("gharchive/2015-01-01-0.json.gz", 4113, 14)]
    [InlineData("gharchive/2015-01-01-1.json.gz", 3832, 14)]
    [InlineData("gharchive/2021-07-21-06-09.sample800.ndjson", null, 15)]
    public async Task A_recorded_archive_holds_the_repositories_and_types_it_is_known_to_hold(string file, int? repositories, int types)
    {
        await using var stream = File.OpenRead(TestData.PathTo(file));

        var read = await ArchiveSamples.ReadAsync(stream, batch: 1000);

        Assert.All(read.Read, e => Assert.True(e.HasRepository));
        Assert.Equal(types, read.Read.Select(e => e.Type).Distinct().Count());
        if (repositories is not null)
            Assert.Equal(repositories, read.Read.Select(e => e.Repository.FullName).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_derived_ids_of_the_old_timeline_are_distinct_and_the_same_each_time()
    {
        var file = await File.ReadAllBytesAsync(
            TestData.PathTo("old-timeline/2014-06-01-1.sample500.ndjson"), TestContext.Current.CancellationToken);

        var first = await ArchiveSamples.ReadAsync(file);
        var packed = await ArchiveSamples.ReadAsync(ArchiveSamples.Gzip(file), batch: 33);

        Assert.All(first.Keys, key => Assert.True(key.Id.IsDerived));
        Assert.Equal(500, first.Keys.Select(key => key.Id).Distinct().Count());
        Assert.Equal(first.Keys, packed.Keys);
        Assert.All(first.Read, e => Assert.True(e.HasRepository));
    }
}
