using RepoPulse.Api.View;

namespace RepoPulse.Api.Streaming;

/// <summary>The event log as the stream reads it: with JSON, page by page, and never ahead of the names in the view.</summary>
internal sealed class StreamLog(IEventLogReader log, CatalogRefresher catalog, ILogSecret secret, TimeProvider time) : IDisposable
{
    /// <summary>Many readers may come back at once, after a restart say; the store has other requests to serve, too.</summary>
    private const int PagesAtOnce = 2;

    /// <summary>The most JSON of one read for all readers: a page ends with the event that brings it to this.</summary>
    private const int MaxBytes = 1024 * 1024;

    private readonly SemaphoreSlim _pages = new(PagesAtOnce);
    private volatile StreamIds? _ids;

    /// <summary>Where the log ends now.</summary>
    public ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken) => log.ReadEndAsync(cancellationToken);

    /// <summary>
    /// The next events. Their repositories' names are in the view on return: a name that came with an event decides whether the event is
    /// shown.
    /// </summary>
    public async ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken) =>
        await NamedAsync(await log.ReadPageAsync(after, maxEvents, MaxBytes, cancellationToken), cancellationToken);

    /// <summary>A page for a reader that reads by itself, after those who asked before.</summary>
    public async ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken)
    {
        await _pages.WaitAsync(cancellationToken);
        try
        {
            return await NamedAsync(await log.ReadPageAsync(after, maxEvents, maxBytes, cancellationToken), cancellationToken);
        }
        finally
        {
            _pages.Release();
        }
    }

    public ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken) =>
        log.WaitForEventsAsync(after, cancellationToken);

    public async ValueTask<StreamIds> GetIdsAsync(CancellationToken cancellationToken) =>
        _ids ??= new StreamIds((await secret.ReadAsync(cancellationToken)).Span, time);

    public void Dispose() => _pages.Dispose();

    private async ValueTask<EventBatch> NamedAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Events.Count > 0)
            await catalog.ReadAsync(cancellationToken);
        return batch;
    }
}
