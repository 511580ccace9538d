using System.Globalization;

namespace RepoPulse.Commands.Export;

/// <summary>A bar on a terminal.</summary>
internal sealed class ExportBar(CommandContext context, ExportRequest request) : ExportProgress(context, request)
{
    private readonly TerminalBar _bar = new(context.ErrorConsole, "Exporting", maxValue: 1);

    public override ValueTask DisposeAsync() => _bar.DisposeAsync();

    protected override void Show(double share, DateTimeOffset reached, long events) =>
        _bar.Show(string.Create(CultureInfo.InvariantCulture, $"Exporting [grey]{events:N0} events[/]"), share);
}
