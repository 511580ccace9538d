using RepoPulse.Events.Reading;

namespace RepoPulse.Collector.Import;

/// <summary>Told how an import goes on, on the thread that imports.</summary>
public interface IImportProgress
{
    /// <param name="length">The file's bytes as stored; null where that cannot be known.</param>
    void FileStarted(string file, long? length);

    /// <param name="bytesRead">Of the present file, as stored.</param>
    /// <param name="soFar">Of all files.</param>
    void Advanced(long bytesRead, ImportResult soFar);

    /// <summary>A line was skipped.</summary>
    void Skipped(string file, MalformedLine line);
}
