using RepoPulse.Commands.Export;
using RepoPulse.Commands.Stats;
using RepoPulse.Configuration;

namespace RepoPulse.Commands;

/// <summary>
/// What the commands do, once their arguments and the configuration are known to be right. Each returns an <see cref="ExitCode"/>. One that
/// is cancelled by <see cref="CommandContext.Termination"/> may throw <see cref="OperationCanceledException"/>: a service ends with 0 then,
/// another with the signal's code. <see cref="CommandFailedException"/>, storage and file errors are reported by their message, others in
/// full; all end with 1.
/// </summary>
internal interface ICommandHandlers
{
    Task<int> RunAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);

    Task<int> CollectAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);

    Task<int> ServeAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);

    Task<int> AggregateAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);

    Task<int> ArchiveAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);

    /// <param name="files">Files and folders as they were given, at least one; <c>-</c> for the standard input.</param>
    Task<int> ImportAsync(
        CommandContext context, RepoPulseSettings settings, IReadOnlyList<string> files, CancellationToken cancellationToken);

    Task<int> ExportAsync(CommandContext context, RepoPulseSettings settings, ExportRequest request, CancellationToken cancellationToken);

    /// <summary>Tries everything that the configuration names; that it is valid is known already.</summary>
    Task<int> CheckAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);

    /// <summary>The statistics of the configured database, folded by this process.</summary>
    ValueTask<IStatisticsSource> OpenStatisticsAsync(
        CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken);
}
