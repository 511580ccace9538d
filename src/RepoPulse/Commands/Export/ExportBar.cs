using System.Globalization;
using Spectre.Console;

namespace RepoPulse.Commands.Export;

/// <summary>A bar on a terminal.</summary>
internal sealed class ExportBar : ExportProgress
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressTask> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;

    public ExportBar(CommandContext context, ExportRequest request)
        : base(context, request)
    {
        _drawing = context.ErrorConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                _started.SetResult(progress.AddTask("Exporting", maxValue: 1));
                await _over.Task;
            });
    }

    public override async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _drawing;
    }

    protected override void Show(double share, DateTimeOffset reached, long events)
    {
        if (!_started.Task.IsCompletedSuccessfully)
            return;
        var bar = _started.Task.GetAwaiter().GetResult();
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"Exporting [grey]{events:N0} events[/]");
        bar.Value = share;
    }
}
