namespace RepoPulse.Benchmarks;

/// <summary>A log in which nothing happens.</summary>
internal sealed class ApiBenchmarkLog : IEventLogReader, ILogSecret
{
    public IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, CancellationToken cancellationToken) =>
        new[] { new EventBatch([], LogPosition.Start) }.ToAsyncEnumerable();

    public ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(after, maxEvents, cancellationToken);

    public ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken) => ValueTask.FromResult(LogPosition.Start);

    public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new EventBatch([], after));

    public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    ValueTask<ReadOnlyMemory<byte>> ILogSecret.ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[32]);
}
