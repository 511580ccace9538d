using System.IO.Compression;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

/// <summary>Made-up archives, and what reading one came to.</summary>
internal static class ArchiveSamples
{
    public static readonly ArchiveLimits Tiny = new() { Block = 64, Line = 4096, Batch = 512 };

    public static byte[] Gzip(byte[] plain, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
            gzip.Write(plain);
        // .NET writes nothing for nothing; gzip itself writes an empty member.
        return plain.Length > 0 ? packed.ToArray() : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    public static byte[] Lines(int first, int count, string payload = "{}") =>
        Samples.Bytes(string.Concat(Enumerable.Range(first, count).Select(i => Samples.Numbered(i, payload) + "\n")));

    public static Task<Outcome> ReadAsync(byte[] archive, int batch = 10, ArchiveLimits? limits = null) =>
        ReadAsync(new MemoryStream(archive), batch, limits);

    public static async Task<Outcome> ReadAsync(Stream archive, int batch = 10, ArchiveLimits? limits = null)
    {
        var malformed = new List<MalformedLine>();
        var outcome = new Outcome();
        var events = new List<GitHubEvent>();
        await using var reader = new ArchiveReader(archive, malformed.Add, limits ?? new ArchiveLimits());
        while (await reader.ReadBatchAsync(events, batch, TestContext.Current.CancellationToken))
        {
            outcome.Json.AddRange(events.Select(e => Samples.Text(e.Json)));
            outcome.Keys.AddRange(events.Select(e => e.Key));
            outcome.Read.AddRange(events.Select(e => e with { Json = default }));
        }

        Assert.Empty(events);
        Assert.Equal(outcome.Keys.Count, reader.Events);
        Assert.Equal(malformed.Count, reader.MalformedLines);
        return outcome with { Lines = reader.Lines, BytesRead = reader.BytesRead, EndedEarly = reader.EndedEarly, Malformed = malformed };
    }

    internal sealed record Outcome
    {
        public List<string> Json { get; } = [];

        public List<EventKey> Keys { get; } = [];

        public List<GitHubEvent> Read { get; } = [];

        public long Lines { get; init; }

        public long BytesRead { get; init; }

        public string? EndedEarly { get; init; }

        public IReadOnlyList<MalformedLine> Malformed { get; init; } = [];

        public IEnumerable<long> MalformedAt => Malformed.Select(m => m.Line);
    }
}
