using System.Globalization;

namespace RepoPulse.Commands.Export;

/// <summary>A line every few seconds: for logs and pipes.</summary>
internal sealed class ExportLines(CommandContext context, ExportRequest request) : ExportProgress(context, request)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CommandContext _context = context;
    private long _lastLine = context.Time.GetTimestamp();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Show(double share, DateTimeOffset reached, long events)
    {
        if (_context.Time.GetElapsedTime(_lastLine) < Interval)
            return;
        _lastLine = _context.Time.GetTimestamp();
        _context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {100 * share:F0} %, {events} events exported, up to {reached.UtcDateTime:yyyy-MM-dd HH:mm}Z"));
    }
}
