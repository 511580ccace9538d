using RepoPulse.Commands.Check;
using RepoPulse.Commands.Export;
using RepoPulse.Commands.Import;
using RepoPulse.Commands.Stats;
using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.Commands;

/// <summary>What the commands do.</summary>
internal sealed class CommandHandlers : ICommandHandlers
{
    public Task<int> RunAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => RoleHost.RunAsync(context, settings, Role.Run, cancellationToken);

    public Task<int> CollectAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => RoleHost.RunAsync(context, settings, Role.Collect, cancellationToken);

    public Task<int> ServeAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => RoleHost.RunAsync(context, settings, Role.Serve, cancellationToken);

    public Task<int> AggregateAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => RoleHost.RunAsync(context, settings, Role.Aggregate, cancellationToken);

    public Task<int> ArchiveAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => RoleHost.RunAsync(context, settings, Role.Archive, cancellationToken);

    public Task<int> ImportAsync(
        CommandContext context, RepoPulseSettings settings, IReadOnlyList<string> files, CancellationToken cancellationToken)
        => ImportCommand.RunAsync(context, settings, files, cancellationToken);

    public Task<int> ExportAsync(
        CommandContext context, RepoPulseSettings settings, ExportRequest request, CancellationToken cancellationToken)
        => ExportCommand.RunAsync(context, settings, request, cancellationToken);

    public Task<int> CheckAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => CheckCommand.RunAsync(context, settings, cancellationToken);

    public async ValueTask<IStatisticsSource> OpenStatisticsAsync(
        CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
        => await DatabaseStatistics.OpenAsync(context, settings, cancellationToken);
}
