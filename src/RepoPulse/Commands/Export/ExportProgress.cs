using System.Globalization;

namespace RepoPulse.Commands.Export;

/// <summary>
/// Shows how an export goes on: a bar on a terminal, plain lines elsewhere. How much is left is judged by the time that the events have
/// reached: counting them first would cost as much as reading them.
/// </summary>
internal abstract class ExportProgress(CommandContext context, ExportRequest request) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly DateTimeOffset _end = request.Until is { } until && until < context.Time.GetUtcNow()
        ? until
        : context.Time.GetUtcNow();
    private DateTimeOffset? _start = request.Since;
    private long _lastShown = context.Time.GetTimestamp();

    public static ExportProgress Create(CommandContext context, ExportRequest request) =>
        context.ErrorConsole.Profile.Capabilities.Interactive ? new ExportBar(context, request) : new ExportLines(context, request);

    public void Advanced(DateTimeOffset reached, long events)
    {
        _start ??= reached;
        if (context.Time.GetElapsedTime(_lastShown) < Interval)
            return;
        _lastShown = context.Time.GetTimestamp();
        var length = (_end - _start.Value).TotalSeconds;
        Show(length > 0 ? Math.Clamp((reached - _start.Value).TotalSeconds / length, 0, 1) : 1, reached, events);
    }

    public abstract ValueTask DisposeAsync();

    /// <param name="share">From 0 to 1.</param>
    protected abstract void Show(double share, DateTimeOffset reached, long events);
}

/// <summary>A bar on a terminal.</summary>
internal sealed class ExportBar(CommandContext context, ExportRequest request) : ExportProgress(context, request)
{
    private readonly TerminalBar _bar = new(context.ErrorConsole, "Exporting", maxValue: 1);

    public override ValueTask DisposeAsync() => _bar.DisposeAsync();

    protected override void Show(double share, DateTimeOffset reached, long events) =>
        _bar.Show(string.Create(CultureInfo.InvariantCulture, $"Exporting [grey]{events:N0} events[/]"), share);
}

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
        _context.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {100 * share:F0} %, {events} events exported, up to {reached.UtcDateTime:yyyy-MM-dd HH:mm}Z"));
    }
}
