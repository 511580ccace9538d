using System.Diagnostics;
using ZstdSharp;

namespace RepoPulse.Benchmarks;

/// <summary>
/// Ways to compress payloads, outside of any database: bytes, time to compress, time to restore 100 events from 100 places.
/// </summary>
internal sealed class PayloadVariants(TextWriter output)
{
    private const int Trained = 1_000;
    private const int Batch = 1_000;

    public void Run(string title, List<GitHubEvent> events)
    {
        var samples = events.Take(Math.Min(Trained, events.Count / 2)).Select(e => e.Json.ToArray()).ToList();
        var rest = events.Skip(samples.Count).ToList();
        var raw = rest.Sum(e => (long)e.Json.Length);
        output.WriteLine(
            $"\n{title}: {rest.Count:N0} events, {raw:N0} bytes, after the {samples.Count:N0} that dictionaries are trained of\n");
        output.WriteLine("| payloads | level | bytes an event | of the JSON | compress, µs an event | restore 100, ms |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        var single = rest.Select(e => e.Json.ToArray()).ToList();
        var dictionary = DictBuilder.TrainFromBufferFastCover(samples, 3, 112_640).ToArray();
        var small = DictBuilder.TrainFromBufferFastCover(samples, 3, 32_768).ToArray();
        foreach (var level in new[] { 1, 3 })
        {
            Measure("each by itself", level, null, single, rest.Count, raw);
            Measure("each, dictionary of 32 kB", level, small, single, rest.Count, raw);
            Measure("each, dictionary of 110 kB", level, dictionary, single, rest.Count, raw);
            foreach (var size in new[] { 16, 64, 256 })
            {
                var blocks = rest.Chunk(size).Select(Join).ToList();
                Measure($"blocks of {size}", level, null, blocks, rest.Count, raw);
                Measure($"blocks of {size}, dictionary of 110 kB", level, dictionary, blocks, rest.Count, raw);
            }

            var byRepository = rest.Chunk(Batch)
                .SelectMany(batch => batch.GroupBy(e => e.RepositoryId).Select(group => Join([.. group])))
                .ToList();
            Measure("per repository within a batch", level, null, byRepository, rest.Count, raw);
            Measure("per repository, dictionary of 110 kB", level, dictionary, byRepository, rest.Count, raw);
        }
    }

    private static byte[] Join(GitHubEvent[] events)
    {
        using var joined = new MemoryStream();
        foreach (var e in events)
            joined.Write(e.Json.Span);
        return joined.ToArray();
    }

    private void Measure(string name, int level, byte[]? dictionary, List<byte[]> pieces, int events, long raw)
    {
        using var compressor = new Compressor(level);
        using var decompressor = new Decompressor();
        if (dictionary is not null)
        {
            compressor.LoadDictionary(dictionary);
            decompressor.LoadDictionary(dictionary);
        }

        var buffer = new byte[Compressor.GetCompressBound(pieces.Max(piece => piece.Length))];
        var frames = pieces.ConvertAll(piece => compressor.Wrap(piece).ToArray());
        var compress = Best(() =>
        {
            foreach (var piece in pieces)
                compressor.Wrap(piece, buffer);
        });
        var restore = Best(() =>
        {
            for (var i = 0; i < 100; i++)
                decompressor.Unwrap(frames[(int)((long)i * frames.Count / 100)], buffer);
        });
        var bytes = frames.Sum(frame => (long)frame.Length);
        output.WriteLine(
            $"| {name} | {level} | {bytes / events} | {100.0 * bytes / raw:F1} % | {compress.TotalMicroseconds / events:F1} | " +
            $"{restore.TotalMilliseconds:F2} |");
    }

    private static TimeSpan Best(Action run)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }
}
