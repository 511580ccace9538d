using System.Threading.Channels;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// Reads partitions of the events from given offsets on: a thread of its own takes records from the client and decodes them, some chunks
/// ahead of who reads, so that both cores work while a window is read. For one caller at a time.
/// </summary>
internal sealed class LogReader(KafkaCluster cluster, KafkaMetrics metrics, IReadOnlyList<int> partitions, bool includeJson)
    : IAsyncDisposable
{
    private const int ChunksAhead = 8;

    private static readonly TimeSpan FetchWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TopicPartition[] _partitions =
    [
        .. partitions.Select(partition => new TopicPartition(cluster.Names.Events, partition))
    ];
    private readonly long[] _next = new long[partitions.Count];
    private IConsumer<RepositoryId, ReadOnlyMemory<byte>>? _consumer;
    private CancellationTokenSource? _stopping;
    private Task _pump = Task.CompletedTask;
    private Channel<LogChunk> _chunks = Channel.CreateBounded<LogChunk>(ChunksAhead);
    private LogChunk? _chunk;
    private int _taken;

    // Where the caller believes to be; what was passed since held nothing for it.
    private long[] _position = [];

    /// <summary>Whether some offsets are those of the ends, or past them.</summary>
    public static bool HasReached(long[] at, long[] ends)
    {
        for (var i = 0; i < ends.Length; i++)
        {
            if (at[i] < ends[i])
                return false;
        }

        return true;
    }

    public bool IsAt(ReadOnlySpan<long> offsets) => _position.Length > 0 && offsets.SequenceEqual(_position);

    /// <summary>
    /// The records from some offsets on, as many as there are and are asked for, and the offsets to go on from. Fewer than asked for where
    /// the end was reached.
    /// </summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public ValueTask<long[]> ReadAsync(long[] from, int max, List<LogRecord> into, CancellationToken cancellationToken) =>
        ReadAsync(from, max, long.MaxValue, into, cancellationToken);

    /// <inheritdoc cref="ReadAsync(long[], int, List{LogRecord}, CancellationToken)"/>
    /// <param name="maxBytes">No more after the record that brings their JSON to so many bytes.</param>
    public async ValueTask<long[]> ReadAsync(long[] from, int max, long maxBytes, List<LogRecord> into, CancellationToken cancellationToken)
    {
        await StartAtAsync(from, cancellationToken);
        // A read that was cancelled is repeated, and what was taken for it meanwhile is no longer at hand.
        _position = [];
        long[]? ends = null;
        while (into.Count < max && maxBytes > 0)
        {
            if (Take(into, max, ref maxBytes))
                continue;
            ends ??= await EndsAsync(cancellationToken);
            if (HasReached(_next, ends))
                break;
            await FetchAsync(cancellationToken);
        }

        return _position = [.. _next];
    }

    /// <summary>Returns once there is something after some offsets.</summary>
    public async ValueTask WaitAsync(long[] after, CancellationToken cancellationToken)
    {
        await StartAtAsync(after, cancellationToken);
        while (true)
        {
            if (_chunk is not null || _chunks.Reader.TryRead(out _chunk))
            {
                if (_chunk.Records.Count > _taken)
                    return;
                Finish(_chunk);
                continue;
            }

            await ReadableAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="OffsetQueries.FindAsync"/>
    public Task<long[]> FindAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        cluster.Offsets.FindAsync(_partitions, time, cancellationToken);

    /// <inheritdoc cref="OffsetQueries.EndsAsync"/>
    public Task<long[]> EndsAsync(CancellationToken cancellationToken) => cluster.Offsets.EndsAsync(_partitions, cancellationToken);

    /// <inheritdoc cref="OffsetQueries.StartsAsync"/>
    public Task<long[]> StartsAsync(CancellationToken cancellationToken) => cluster.Offsets.StartsAsync(_partitions, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopPumpAsync();
        if (_consumer is { } consumer)
            await Task.Run(consumer.Dispose);
    }

    private bool Take(List<LogRecord> into, int max, ref long maxBytes)
    {
        if (_chunk is null && !_chunks.Reader.TryRead(out _chunk))
            return false;
        for (; into.Count < max && maxBytes > 0 && _taken < _chunk.Records.Count; _taken++)
        {
            var record = _chunk.Records[_taken];
            into.Add(record);
            maxBytes -= record.Event.Json.Length;
            // Record by record, because a page may end within a chunk: the next read resumes behind the last record that was taken.
            _next[record.Partition] = record.Offset + 1;
        }

        if (_taken == _chunk.Records.Count)
            Finish(_chunk);
        return true;
    }

    private void Finish(LogChunk chunk)
    {
        foreach (var (partition, next) in chunk.Reached)
            _next[partition] = next;
        _chunk = null;
        _taken = 0;
    }

    private async ValueTask FetchAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, SystemDefaults.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await ReadableAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw KafkaErrors.Wait(
                cluster.Options, $"{cluster.Names.Events} gave nothing for {Patience.TotalSeconds} s although there is more to read.");
        }
    }

    private async ValueTask ReadableAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _chunks.Reader.WaitToReadAsync(cancellationToken))
                return;
        }
        catch (KafkaException e)
        {
            _position = [];
            throw cluster.ToStorageException($"reading {cluster.Names.Events}", e);
        }

        // The pump has ended; the next call starts another.
        _position = [];
        throw new StorageException($"Reading {cluster.Names.Events} was broken off.", isTransient: true);
    }

    private IConsumer<RepositoryId, ReadOnlyMemory<byte>> Consumer() =>
        _consumer ??= new ConsumerBuilder<RepositoryId, ReadOnlyMemory<byte>>(cluster.Settings.Reader(FetchWait))
        .SetKeyDeserializer(RepositoryKeys.Instance)
        .SetValueDeserializer(new EventValues(includeJson))
        .SetLogHandler(KafkaCluster.Ignore)
        .SetErrorHandler((_, _) => metrics.ClientError())
        .Build();

    private async ValueTask StartAtAsync(long[] from, CancellationToken cancellationToken)
    {
        if (IsAt(from))
            return;
        // The pump must have ended before its consumer is assigned other offsets and before its channel is replaced: it would write records
        // of the old place into the new channel.
        await StopPumpAsync();

        // Checked before anything is changed: a caller that has gone leaves the reader without a pump, and consistent.
        cancellationToken.ThrowIfCancellationRequested();
        _chunk = null;
        _taken = 0;
        _chunks = Channel.CreateBounded<LogChunk>(new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true });
        from.CopyTo(_next.AsSpan());
        // From here on the reader counts as standing at these offsets, so that a repeated call does not start a second pump.
        _position = [.. from];
        _stopping = new CancellationTokenSource();
        var consumer = Consumer();
        consumer.Assign(_partitions.Zip(from, (partition, offset) => new TopicPartitionOffset(partition, offset)));
        var pump = new LogPump(consumer, partitions, _chunks.Writer, Skip);
        var stopping = _stopping.Token;
        _pump = Task.Factory.StartNew(
            () => pump.Run(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Skip(ConsumeResult<RepositoryId, ReadOnlyMemory<byte>> record) =>
        cluster.Skip(
            metrics, record.Topic, record.Partition.Value, record.Offset.Value, "Its key or its headers are not those of an event.");

    private async ValueTask StopPumpAsync()
    {
        if (_stopping is null)
            return;
        // The consumer is not thread-safe: it is touched again only after the pump's thread has left it.
        await _stopping.CancelAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _stopping = null;
    }
}

/// <summary>Some records, and how far the partitions are read with them: past what stands there and is no event, too.</summary>
internal sealed record LogChunk(List<LogRecord> Records, List<(int Partition, long Next)> Reached);

/// <summary>An event of the log, and where it stands.</summary>
/// <param name="Partition">Which of the partitions that are read, by its place among them.</param>
internal readonly record struct LogRecord(int Partition, long Offset, EventSource Source, GitHubEvent Event);
