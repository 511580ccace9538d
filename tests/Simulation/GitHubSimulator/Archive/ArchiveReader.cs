using System.IO.Compression;

namespace GitHubSimulator.Archive;

/// <summary>Finds and reads GH Archive files: <c>.json</c>, <c>.ndjson</c>, each also with <c>.gz</c>.</summary>
internal static class ArchiveReader
{
    private static readonly string[] Extensions = [".json", ".json.gz", ".ndjson", ".ndjson.gz"];

    /// <summary>The files that paths stand for, in order: a folder stands for the archives in it, by name.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at a path.</exception>
    public static IEnumerable<string> FindFiles(IEnumerable<string> paths) => paths.SelectMany(FindFiles);

    /// <summary>The lines of a file, without their ends.</summary>
    /// <exception cref="InvalidDataException">The file is not whole gzip.</exception>
    public static IEnumerable<byte[]> ReadLines(string file)
    {
        using Stream raw = File.OpenRead(file);
        using var stream = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var rest = content.GetBuffer().AsMemory(0, (int)content.Length);
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var trimmed = line.Span.Trim("\r \t"u8);
            if (!trimmed.IsEmpty)
                yield return trimmed.ToArray();
        }
    }

    private static IEnumerable<string> FindFiles(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no archive file or folder '{path}'.", path);
        return Directory.EnumerateFiles(path)
            .Where(file => Extensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal);
    }
}
