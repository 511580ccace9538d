using RepoPulse.Collector.Import;
using RepoPulse.Events.Reading;

namespace RepoPulse.Commands.Import;

/// <summary>Shows how an import goes on: a bar on a terminal, plain lines elsewhere.</summary>
internal abstract class ImportProgress(CommandContext context) : IImportProgress, IAsyncDisposable
{
    /// <summary>Malformed lines named one by one, for each file; a file that is damaged all over needs no more to be found out.</summary>
    private const int MaxNamedLines = 20;

    private int _named;

    public ImportResult SoFar { get; private set; } = new();

    public static ImportProgress Create(CommandContext context, IReadOnlyList<string> files)
        => context.ErrorConsole.Profile.Capabilities.Interactive ? new ImportBar(context, files) : new ImportLines(context);

    public virtual void FileStarted(string file, long? length) => _named = 0;

    public virtual void Advanced(long bytesRead, ImportResult soFar) => SoFar = soFar;

    public void Skipped(string file, MalformedLine line)
    {
        if (++_named <= MaxNamedLines)
            Note($"{file}:{line.Line}: skipped, {line.Reason}");
        else if (_named == MaxNamedLines + 1)
            Note($"{file}: further malformed lines are counted and not named");
    }

    public abstract ValueTask DisposeAsync();

    protected virtual void Note(string line) => context.Error.WriteLine(line);
}
