using System.Globalization;
using RepoPulse.Collector.Import;
using RepoPulse.Core.Reading;
using Spectre.Console;

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

/// <summary>A bar for the whole import, by the bytes of its files, on a terminal.</summary>
internal sealed class ImportBar : ImportProgress
{
    private readonly IAnsiConsole _console;
    private readonly TerminalBar _bar;
    private long _bytesBefore;
    private long _length;
    private string _file = "";

    public ImportBar(CommandContext context, IReadOnlyList<string> files)
        : base(context)
    {
        _console = context.ErrorConsole;
        var total = files.Sum(file => file == ArchiveFiles.StandardInput ? 0 : new FileInfo(file).Length);
        _bar = new TerminalBar(_console, "Importing", Math.Max(1, total));
    }

    public override void FileStarted(string file, long? length)
    {
        base.FileStarted(file, length);
        (_bytesBefore, _length, _file) = (_bytesBefore + _length, length ?? 0, Path.GetFileName(file));
    }

    public override void Advanced(long bytesRead, ImportResult soFar)
    {
        base.Advanced(bytesRead, soFar);
        _bar.Show(
            string.Create(CultureInfo.InvariantCulture, $"{_file.EscapeMarkup()} [grey]{soFar.Events:N0} events[/]"),
            _bytesBefore + Math.Min(bytesRead, Math.Max(_length, bytesRead)));
    }

    public override ValueTask DisposeAsync() => _bar.DisposeAsync();

    /// <summary>Through the console that draws the bar, so that the line does not break it.</summary>
    protected override void Note(string line) => _console.WriteLine(line);
}

/// <summary>A line when a file begins, and one every few seconds while it lasts: for logs and pipes.</summary>
internal sealed class ImportLines(CommandContext context) : ImportProgress(context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = context.Time;
    private long _lastLine;
    private long? _length;

    public override void FileStarted(string file, long? length)
    {
        base.FileStarted(file, length);
        (_length, _lastLine) = (length, _time.GetTimestamp());
        Note($"Importing {file}");
    }

    public override void Advanced(long bytesRead, ImportResult soFar)
    {
        base.Advanced(bytesRead, soFar);
        if (_time.GetElapsedTime(_lastLine) < Interval)
            return;
        _lastLine = _time.GetTimestamp();
        var share = _length is > 0 and var length
            ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * bytesRead / length:F0} %, ")
            : "";
        Note(string.Create(CultureInfo.InvariantCulture, $"  {share}{soFar.Events} events read, {soFar.New} new"));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
