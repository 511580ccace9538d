using System.IO.Compression;
using RepoPulse.Core.Reading;
using RepoPulse.Fuzzing.Seeds;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>Archives, plain and gzip, damaged in their lines and in their compression.</summary>
internal sealed class ArchiveTarget : FuzzTarget
{
    /// <summary>So small that blocks and batches end in the midst of lines.</summary>
    private static readonly ArchiveLimits Tiny = new() { Block = 512, Line = 16_384, Batch = 4_096 };

    private static readonly byte[] Hour = Generation.Tokens.Utf8(string.Join('\n', EventSeeds.Lines) + "\n")[0];

    public override string Name => "archive";

    public override int Share => 100;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Hour,
        .. Generation.Tokens.Utf8(
            string.Join("\r\n", EventSeeds.Lines.Take(4)), "\ufeff" + EventSeeds.Lines[0] + "\n\n" + EventSeeds.Lines[7]),
        Gzip(Hour),
        [.. Gzip(EventSeeds.Each[0]), .. Gzip(Hour)],
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ];

    public override async ValueTask<bool> FuzzAsync(byte[] input)
    {
        var whole = await ReadAsync(input, Tiny with { Block = 64 << 10 });
        var inPieces = await ReadAsync(input, Tiny);
        Invariant.Equal(whole.EndedEarly is null, inPieces.EndedEarly is null);
        var isGzip = input is [0x1f, 0x8b, ..];
        if (!isGzip)
        {
            Invariant.Holds(whole.EndedEarly is null);
            Invariant.Equal(LinesOf(input), whole.Lines);
            Invariant.Equal(LinesOf(input), inPieces.Lines);
        }

        // How much of damaged data is decompressed before the damage is seen depends on the pieces, and so does what a line that is too
        // long is judged by.
        if (whole.EndedEarly is null && (isGzip || input.Length < Tiny.Line))
        {
            Invariant.Equal(whole, inPieces);
            Invariant.Equal(whole, isGzip ? whole : await ReadAsync(Gzip(input), Tiny));
        }

        return whole.Events > 0;
    }

    private static async Task<Outcome> ReadAsync(byte[] archive, ArchiveLimits limits)
    {
        var malformed = 0L;
        var last = 0L;
        var events = new List<GitHubEvent>();
        var hash = new HashCode();
        var count = 0L;
        await using var reader = new ArchiveReader(
            new MemoryStream(archive, writable: false),
            line =>
            {
                // In order, so that no line is counted twice.
                Invariant.Holds(line.Line > last && line.Reason.Length > 0);
                (last, malformed) = (line.Line, malformed + 1);
            },
            limits);
        while (await reader.ReadBatchAsync(events, 5, CancellationToken.None))
        {
            foreach (var e in events)
                hash.Add(e.Key);
            count += events.Count;
        }

        Invariant.Equal(count, reader.Events);
        Invariant.Equal(malformed, reader.MalformedLines);
        Invariant.Holds(reader.MalformedLines <= reader.Lines);
        return new Outcome(reader.Lines, reader.Events, reader.MalformedLines, hash.ToHashCode(), reader.EndedEarly);
    }

    private static long LinesOf(ReadOnlySpan<byte> input)
    {
        if (input is [0xef, 0xbb, 0xbf, .. var rest])
            input = rest;
        return input.Count((byte)'\n') + (input.IsEmpty || input[^1] == '\n' ? 0 : 1);
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return packed.ToArray();
    }

    private sealed record Outcome(long Lines, long Events, long Malformed, int Keys, string? EndedEarly);
}
