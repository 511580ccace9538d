using RepoPulse.Events;

namespace RepoPulse.Commands.Export;

/// <summary>Writes events to a stream in one format.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    ValueTask WriteAsync(GitHubEvent e, CancellationToken cancellationToken);

    /// <summary>Writes what is left, once there are no more events. Without it what was written is no whole file.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
