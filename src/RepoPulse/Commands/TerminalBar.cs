using Spectre.Console;

namespace RepoPulse.Commands;

/// <summary>One progress bar on a terminal, drawn until it is disposed of.</summary>
internal sealed class TerminalBar : IAsyncDisposable
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressTask> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;

    public TerminalBar(IAnsiConsole console, string title, double maxValue) => _drawing = console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async progress =>
        {
            _started.SetResult(progress.AddTask(title, maxValue: maxValue));
            await _over.Task;
        });

    /// <param name="description">In Spectre's markup.</param>
    public void Show(string description, double value)
    {
        if (!_started.Task.IsCompletedSuccessfully)
            return;
        var bar = _started.Task.GetAwaiter().GetResult();
        bar.Description = description;
        bar.Value = value;
    }

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _drawing;
    }
}
