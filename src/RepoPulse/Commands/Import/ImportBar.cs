using System.Globalization;
using RepoPulse.Collector.Import;
using Spectre.Console;

namespace RepoPulse.Commands.Import;

/// <summary>A bar for the whole import, by the bytes of its files, on a terminal.</summary>
internal sealed class ImportBar : ImportProgress
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressTask> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IAnsiConsole _console;
    private readonly Task _drawing;
    private long _bytesBefore;
    private long _length;
    private string _file = "";

    public ImportBar(CommandContext context, IReadOnlyList<string> files)
        : base(context)
    {
        _console = context.ErrorConsole;
        var total = files.Sum(file => file == ArchiveFiles.StandardInput ? 0 : new FileInfo(file).Length);
        _drawing = _console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                _started.SetResult(progress.AddTask("Importing", maxValue: Math.Max(1, total)));
                await _over.Task;
            });
    }

    public override void FileStarted(string file, long? length)
    {
        base.FileStarted(file, length);
        (_bytesBefore, _length, _file) = (_bytesBefore + _length, length ?? 0, Path.GetFileName(file));
    }

    public override void Advanced(long bytesRead, ImportResult soFar)
    {
        base.Advanced(bytesRead, soFar);
        if (!_started.Task.IsCompletedSuccessfully)
            return;
        var bar = _started.Task.GetAwaiter().GetResult();
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{_file.EscapeMarkup()} [grey]{soFar.Events:N0} events[/]");
        bar.Value = _bytesBefore + Math.Min(bytesRead, Math.Max(_length, bytesRead));
    }

    public override async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _drawing;
    }

    /// <summary>Through the console that draws the bar, so that the line does not break it.</summary>
    protected override void Note(string line) => _console.WriteLine(line);
}
