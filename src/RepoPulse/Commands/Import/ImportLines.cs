using System.Globalization;
using RepoPulse.Collector.Import;

namespace RepoPulse.Commands.Import;

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
        var share = _length is > 0 and var length ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * bytesRead / length:F0} %, ") : "";
        Note(string.Create(CultureInfo.InvariantCulture, $"  {share}{soFar.Events} events read, {soFar.New} new"));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
