using System.IO.Compression;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class ArchiveGzipTests
{
    private static readonly byte[] First = ArchiveSamples.Gzip(ArchiveSamples.Lines(0, 12));
    private static readonly byte[] Second = ArchiveSamples.Gzip(ArchiveSamples.Lines(12, 12));

    [Fact]
    public async Task Members_one_after_another_are_one_archive()
    {
        var none = ArchiveSamples.Gzip([]);
        var read = await ArchiveSamples.ReadAsync([.. none, .. First, .. none, .. none, .. Second, .. none]);

        Assert.Equal(Enumerable.Range(0, 24).Select(i => Samples.Numbered(i)), read.Json, StringComparer.Ordinal);
        Assert.Null(read.EndedEarly);
    }

    [Fact]
    public async Task A_line_may_lie_across_two_members()
    {
        var lines = ArchiveSamples.Lines(0, 3);
        var read = await ArchiveSamples.ReadAsync([.. ArchiveSamples.Gzip(lines[..100]), .. ArchiveSamples.Gzip(lines[100..])]);

        Assert.Equal(3, read.Keys.Count);
        Assert.Empty(read.Malformed);
        Assert.Null(read.EndedEarly);
    }

    [Fact]
    public async Task An_empty_hour_is_whole()
    {
        var read = await ArchiveSamples.ReadAsync(ArchiveSamples.Gzip([]));

        Assert.Empty(read.Keys);
        Assert.Equal(0, read.Lines);
        Assert.Null(read.EndedEarly);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100_000)]
    public async Task An_archive_cut_off_anywhere_is_known_to_end_early(int atMost)
    {
        byte[] archive = [.. First, .. Second];
        for (var length = 2; length <= archive.Length; length++)
        {
            var read = await ArchiveSamples.ReadAsync(new Trickle(archive[..length], atMost));

            // A cut between two members leaves a whole archive.
            Assert.True((read.EndedEarly is null) == (length == First.Length || length == archive.Length), $"cut after {length} bytes");
            Assert.Equal(Enumerable.Range(0, read.Keys.Count).Select(i => Samples.Numbered(i)), read.Json, StringComparer.Ordinal);
            Assert.True(length < First.Length || read.Keys.Count >= 12);
        }
    }

    [Fact]
    public async Task Stored_data_that_is_cut_off_gives_its_whole_lines_and_one_malformed()
    {
        var lines = ArchiveSamples.Lines(0, 2000);
        var archive = ArchiveSamples.Gzip(lines, CompressionLevel.NoCompression);
        var read = await ArchiveSamples.ReadAsync(archive[..(archive.Length / 2)]);

        Assert.NotNull(read.EndedEarly);
        Assert.InRange(read.Keys.Count, 900, 1100);
        Assert.Equal([read.Keys.Count + 1], read.MalformedAt);
    }

    [Fact]
    public async Task What_came_before_damage_is_read()
    {
        var archive = ArchiveSamples.Gzip(ArchiveSamples.Lines(0, 2000));
        archive[^5] ^= 1; // The last byte of the checksum: found wrong after the last line.

        var read = await ArchiveSamples.ReadAsync(archive);

        Assert.NotNull(read.EndedEarly);
        Assert.InRange(read.Keys.Count, 1950, 2000);
        Assert.Equal(Enumerable.Range(0, read.Keys.Count).Select(i => Samples.Numbered(i)), read.Json, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Damage_anywhere_is_noticed()
    {
        byte[] archive = [.. First, .. Second];
        for (var at = 0; at < archive.Length; at++)
        {
            var damaged = (byte[])archive.Clone();
            damaged[at] ^= 0x55;
            var read = await ArchiveSamples.ReadAsync(damaged);

            // Of a member's ten bytes of header, a time, a level and a system are nobody's concern; and without its magic it is no gzip at
            // all.
            var offset = at < First.Length ? at : at - First.Length;
            if (offset is >= 4 and < 10)
                Assert.Equal(24, read.Keys.Count);
            else if (at is 0 or 1)
                Assert.NotEmpty(read.Malformed);
            else
                Assert.True(read.EndedEarly is not null, $"damage at byte {at}");
        }
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x1f })]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0 })]
    public async Task Bytes_after_the_last_member_that_are_no_gzip_end_it_early(byte[] tail)
    {
        var read = await ArchiveSamples.ReadAsync([.. First, .. tail]);

        Assert.Equal(12, read.Keys.Count);
        Assert.NotNull(read.EndedEarly);
    }

    [Fact]
    public async Task Bytes_between_two_members_that_are_no_gzip_are_noticed()
    {
        var read = await ArchiveSamples.ReadAsync([.. First, .. Samples.Bytes(new string('x', 500)), .. Second]);

        Assert.InRange(read.Keys.Count, 12, 24);
        Assert.NotNull(read.EndedEarly);
    }

    [Fact]
    public async Task Data_that_looks_like_the_start_of_a_member_is_data()
    {
        // Stored, so that the bytes stand in the archive as they are.
        var plain = Samples.Bytes(string.Concat(Enumerable.Range(0, 50).Select(i => Samples.Numbered(i) + "\n")));
        byte[] magic = [0x1f, 0x8b, 8, (byte)'\n'];
        byte[] mixed = [.. plain, .. magic, .. plain, .. magic, .. magic, .. plain];
        var archive = ArchiveSamples.Gzip(mixed, CompressionLevel.NoCompression);
        foreach (var atMost in new[] { 1, 2, 3, 1000, 100_000 })
        {
            var read = await ArchiveSamples.ReadAsync(new Trickle(archive, atMost));

            Assert.Equal(150, read.Keys.Count);
            Assert.Equal([51, 102, 103], read.MalformedAt);
            Assert.Null(read.EndedEarly);
        }
    }

    [Fact]
    public async Task Many_members_larger_than_any_buffer_are_whole()
    {
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        var filler = $"\"{Convert.ToHexString(noise)}\"";
        var archive = Enumerable.Range(0, 5).SelectMany(i => ArchiveSamples.Gzip(ArchiveSamples.Lines(i, 1, filler))).ToArray();

        var read = await ArchiveSamples.ReadAsync(archive);

        Assert.Equal(5, read.Keys.Count);
        Assert.Null(read.EndedEarly);
        Assert.Equal(archive.Length, read.BytesRead);
    }
}
