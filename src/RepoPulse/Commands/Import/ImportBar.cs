using System.Globalization;
using RepoPulse.Collector.Import;
using Spectre.Console;

namespace RepoPulse.Commands.Import;

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
