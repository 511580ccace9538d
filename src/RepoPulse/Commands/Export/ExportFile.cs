using System.IO.Compression;

namespace RepoPulse.Commands.Export;

/// <summary>
/// A file that has its name only once it is whole: written under another beside it, and renamed. One whose name ends with .gz is
/// compressed.
/// </summary>
internal sealed class ExportFile : IAsyncDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _path;
    private readonly string? _partial;

    private ExportFile(string path, string? partial, Stream stream) => (_path, _partial, Stream) = (path, partial, stream);

    public Stream Stream { get; }

    /// <exception cref="IOException">The file cannot be made there.</exception>
    public static ExportFile Create(string path)
    {
        // A device or a pipe cannot be replaced by a file of its name.
        var isDevice = path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
        var partial = isDevice ? null : $"{path}.{Path.GetRandomFileName()}.partial";
        var file = new FileStream(partial ?? path, new FileStreamOptions
        {
            Mode = isDevice ? FileMode.Open : FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = BufferSize,
        });
        return new ExportFile(path, partial, IsCompressed(path) ? new GZipStream(file, CompressionLevel.Optimal) : file);
    }

    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gives the file its name, in place of what has it.</summary>
    public async ValueTask CompleteAsync()
    {
        await Stream.DisposeAsync();
        if (_partial is not null)
            File.Move(_partial, _path, overwrite: true);
    }

    /// <summary>Leaves nothing of a file that was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_partial is not null)
            File.Delete(_partial);
    }
}
