using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace RepoPulse.Benchmarks.Import;

/// <summary>Makes a large archive of a small one: every copy's ids and times are shifted, so that each event stays distinct.</summary>
internal static partial class ArchiveMultiplier
{
    /// <summary>
    /// Writes a gzip file of <paramref name="copies"/> times the source's events, and returns how many, and of how many bytes of JSON.
    /// </summary>
    public static async Task<(long Events, long Bytes)> WriteAsync(string source, string target, int copies)
    {
        var lines = new List<string>();
        await using (var gzip = new GZipStream(File.OpenRead(source), CompressionMode.Decompress))
        using (var reader = new StreamReader(gzip))
        {
            while (await reader.ReadLineAsync() is { } line)
                lines.Add(line);
        }

        long events = 0;
        long bytes = 0;
        await using var output = new GZipStream(File.Create(target), CompressionLevel.Optimal);
        for (var copy = 0; copy < copies; copy++)
        {
            foreach (var line in lines)
            {
                var shifted = Encoding.UTF8.GetBytes(Shift(line, copy) + "\n");
                await output.WriteAsync(shifted);
                events++;
                bytes += shifted.Length;
            }
        }

        return (events, bytes);
    }

    private static string Shift(string line, int copy)
    {
        var shifted = Id().Replace(
            line, match => $"{{\"id\":\"{long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + copy * 1_000_000_000L}\"", 1);
        var times = CreatedAt().Matches(shifted);
        if (times.Count == 0)
            return shifted;

        // The envelope's own time is the last of the line; those before it belong to the payload.
        var time = times[^1].Groups[1];
        var at = DateTimeOffset.Parse(time.Value, CultureInfo.InvariantCulture).AddHours(copy);
        return string.Concat(
            shifted.AsSpan(0, time.Index),
            at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            shifted.AsSpan(time.Index + time.Length));
    }

    [GeneratedRegex("^\\{\"id\":\"(?<id>[0-9]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\"created_at\":\"(?<time>[0-9T:Z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreatedAt();
}
