using RepoPulse.Commands.Stats;
using RepoPulse.Configuration;

namespace RepoPulse.Commands;

/// <summary>Composes and runs what the commands do.</summary>
internal sealed class CommandHandlers : ICommandHandlers
{
    public Task<int> RunAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) => throw Missing();

    public Task<int> CollectAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) => throw Missing();

    public Task<int> ServeAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) => throw Missing();

    public Task<int> ImportAsync(CommandContext context, RepoPulseSettings settings, IReadOnlyList<string> files, CancellationToken cancellationToken) =>
        throw Missing();

    public Task<int> CheckAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) => throw Missing();

    public ValueTask<IStatisticsSource> OpenStatisticsAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        throw Missing();

    private static CommandFailedException Missing() => new("this command is not composed yet.");
}
