using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class ArchiveReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Every_line_is_read_whatever_the_size_of_a_batch(int batch)
    {
        var read = await ArchiveSamples.ReadAsync(ArchiveSamples.Lines(0, 200), batch, ArchiveSamples.Tiny);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => Samples.Numbered(i)), read.Json, StringComparer.Ordinal);
        Assert.Equal(200, read.Lines);
        Assert.Empty(read.Malformed);
        Assert.Null(read.EndedEarly);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task It_does_not_matter_in_what_pieces_the_stream_comes(int atMost)
    {
        var plain = ArchiveSamples.Lines(0, 30);
        foreach (var archive in new[] { plain, ArchiveSamples.Gzip(plain) })
        {
            var read = await ArchiveSamples.ReadAsync(new Trickle(archive, atMost), limits: ArchiveSamples.Tiny);

            Assert.Equal(Enumerable.Range(0, 30).Select(i => Samples.Numbered(i)), read.Json, StringComparer.Ordinal);
            Assert.Equal(archive.Length, read.BytesRead);
            Assert.Null(read.EndedEarly);
        }
    }

    [Fact]
    public async Task A_batch_holds_no_more_events_than_asked_for_and_no_less_while_there_are_any()
    {
        await using var reader = new ArchiveReader(new MemoryStream(ArchiveSamples.Lines(0, 25)));
        var events = new List<GitHubEvent>();
        var sizes = new List<int>();
        while (await reader.ReadBatchAsync(events, 10, TestContext.Current.CancellationToken))
            sizes.Add(events.Count);

        Assert.Equal([10, 10, 5], sizes);
    }

    [Fact]
    public async Task A_batch_of_large_events_is_ended_before_it_fills_the_memory()
    {
        await using var reader = new ArchiveReader(new MemoryStream(ArchiveSamples.Lines(0, 100)), null, ArchiveSamples.Tiny);
        var events = new List<GitHubEvent>();

        Assert.True(await reader.ReadBatchAsync(events, 1000, TestContext.Current.CancellationToken));

        Assert.InRange(events.Count, 1, 20);
    }

    [Fact]
    public async Task The_JSON_of_a_batch_stays_until_the_next()
    {
        await using var reader = new ArchiveReader(
            new MemoryStream(ArchiveSamples.Lines(0, 500)), null, ArchiveSamples.Tiny with { Batch = 4096 });
        var events = new List<GitHubEvent>();
        var next = 0;
        while (await reader.ReadBatchAsync(events, 20, TestContext.Current.CancellationToken))
        {
            await Task.Yield();
            foreach (var read in events)
                Assert.Equal(Samples.Numbered(next++), Samples.Text(read.Json));
        }

        Assert.Equal(500, next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n  ")]
    public async Task An_archive_without_events_has_none(string content)
    {
        var read = await ArchiveSamples.ReadAsync(Samples.Bytes(content));

        Assert.Empty(read.Keys);
        Assert.Empty(read.Malformed);
        Assert.Null(read.EndedEarly);
    }

    [Fact]
    public async Task Line_ends_may_be_of_either_kind_and_the_last_may_be_missing()
    {
        var read = await ArchiveSamples.ReadAsync(
            Samples.Bytes($"{Samples.Numbered(1)}\r\n\n{Samples.Numbered(2)}\r\n{Samples.Numbered(3)}"));

        Assert.Equal([Samples.Numbered(1), Samples.Numbered(2), Samples.Numbered(3)], read.Json, StringComparer.Ordinal);
        Assert.Equal(4, read.Lines);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var read = await ArchiveSamples.ReadAsync([0xef, 0xbb, 0xbf, .. ArchiveSamples.Lines(1, 2)]);

        Assert.Equal(2, read.Keys.Count);
        Assert.Empty(read.Malformed);
    }

    [Fact]
    public async Task A_malformed_line_is_reported_with_its_number_and_the_others_are_read()
    {
        var read = await ArchiveSamples.ReadAsync(
            Samples.Bytes($"{Samples.Numbered(1)}\nbroken\n{Samples.Numbered(2)}{Samples.Numbered(3)}\n{Samples.Numbered(4)[..40]}"),
            batch: 1);

        Assert.Equal([Samples.Numbered(1), Samples.Numbered(2), Samples.Numbered(3)], read.Json, StringComparer.Ordinal);
        Assert.Equal([2, 4], read.MalformedAt);
        Assert.All(read.Malformed, m => Assert.NotEmpty(m.Reason));
        Assert.Null(read.EndedEarly);
    }

    [Fact]
    public async Task A_line_longer_than_any_buffer_is_read()
    {
        var filler = $"\"{new string('x', 3000)}\"";
        var read = await ArchiveSamples.ReadAsync(
            [.. ArchiveSamples.Lines(1, 3), .. ArchiveSamples.Lines(4, 2, filler), .. ArchiveSamples.Lines(6, 3)],
            limits: ArchiveSamples.Tiny);

        Assert.Equal(
            [.. Enumerable.Range(1, 8).Select(i => Samples.Numbered(i, i is 4 or 5 ? filler : "{}"))], read.Json, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task A_line_beyond_the_limit_is_malformed_and_costs_nothing_else(string end)
    {
        var filler = $"\"{new string('x', 20_000)}\"";
        var read = await ArchiveSamples.ReadAsync(
            [
                .. ArchiveSamples.Lines(1, 3),
                .. ArchiveSamples.Lines(4, 1, filler),
                .. ArchiveSamples.Lines(5, 30),
                .. Samples.Bytes(Samples.Numbered(35, filler) + end),
            ],
            limits: ArchiveSamples.Tiny);

        Assert.Equal([.. Enumerable.Range(1, 34).Except([4]).Select(i => Samples.Numbered(i))], read.Json, StringComparer.Ordinal);
        Assert.Equal([4, 35], read.MalformedAt);
        Assert.Equal(35, read.Lines);
    }

    [Fact]
    public async Task A_stream_that_fails_gives_what_came_before_and_then_its_failure()
    {
        var failing = new Trickle(ArchiveSamples.Lines(0, 100), 50, new IOException("The disk is gone."));
        await using var reader = new ArchiveReader(failing, null, ArchiveSamples.Tiny with { Batch = int.MaxValue });
        var events = new List<GitHubEvent>();

        Assert.True(await reader.ReadBatchAsync(events, 1000, TestContext.Current.CancellationToken));
        Assert.InRange(events.Count, 90, 100);
        await Assert.ThrowsAsync<IOException>(async () => await reader.ReadBatchAsync(events, 1000, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Waiting_for_a_stream_that_does_not_answer_can_be_given_up()
    {
        var reader = new ArchiveReader(new Trickle([], 50, hangs: true));
        using var stopping = new CancellationTokenSource();
        var reading = reader.ReadBatchAsync([], 10, stopping.Token).AsTask();
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_may_be_left_in_the_middle_and_leaves_the_stream_open()
    {
        using var stream = new MemoryStream(ArchiveSamples.Gzip(ArchiveSamples.Lines(0, 5000)));
        await using (var reader = new ArchiveReader(stream, null, ArchiveSamples.Tiny))
            Assert.True(await reader.ReadBatchAsync([], 1, TestContext.Current.CancellationToken));

        Assert.True(stream.CanRead);
    }
}
