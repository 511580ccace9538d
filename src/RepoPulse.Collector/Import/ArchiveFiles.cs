namespace RepoPulse.Collector.Import;

/// <summary>Finds the archives that a command line names: files, folders, or <c>-</c> for the standard input.</summary>
public static class ArchiveFiles
{
    /// <summary>The standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Endings = [".json", ".json.gz", ".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz"];

    /// <summary>
    /// The archives, those of a folder (and of the folders in it) by name, which for GH Archive is by time.
    /// </summary>
    /// <exception cref="FileNotFoundException">A file or folder is not there, or a folder holds no archive; the message names
    /// it.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (path == StandardInput || File.Exists(path))
            {
                files.Add(path);
                continue;
            }

            if (!Directory.Exists(path))
                throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
            var found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal)
                .ToArray();
            if (found.Length == 0)
                throw new FileNotFoundException(
                    $"The folder '{path}' holds no archive: files that end in {string.Join(", ", Endings)} are looked for.", path);
            files.AddRange(found);
        }

        return files;
    }
}
