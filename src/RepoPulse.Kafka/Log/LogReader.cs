using System.Threading.Channels;
using Confluent.Kafka;
using RepoPulse.Kafka.Clients;

namespace RepoPulse.Kafka.Log;

/// <summary>
/// Reads partitions of the events from given offsets on: a thread of its own takes records from the client and decodes them, some chunks ahead of
/// who reads, so that both cores work while a window is read. For one caller at a time.
/// </summary>
internal sealed class LogReader(KafkaCluster cluster, KafkaMetrics metrics, IReadOnlyList<int> partitions, bool includeJson) : IAsyncDisposable
{
    private const int ChunksAhead = 8;

    private static readonly TimeSpan FetchWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TopicPartition[] _partitions = [.. partitions.Select(partition => new TopicPartition(cluster.Names.Events, partition))];
    private readonly long[] _next = new long[partitions.Count];
    private IConsumer<RepositoryId, ReadOnlyMemory<byte>>? _consumer;
    private CancellationTokenSource? _stopping;
    private Task _pump = Task.CompletedTask;
    private Channel<LogChunk> _chunks = Channel.CreateBounded<LogChunk>(ChunksAhead);
    private LogChunk? _chunk;
    private int _taken;

    // Where the caller believes to be; what was passed since held nothing for it.
    private long[] _told = [];

    /// <summary>Whether some offsets are those of the ends, or past them.</summary>
    public static bool Reached(long[] at, long[] ends)
    {
        for (var i = 0; i < ends.Length; i++)
        {
            if (at[i] < ends[i])
                return false;
        }

        return true;
    }

    public bool IsAt(ReadOnlySpan<long> offsets) => _told.Length > 0 && offsets.SequenceEqual(_told);

    /// <summary>
    /// The records from some offsets on, as many as there are and are asked for, and the offsets to go on from. Fewer than asked for where the end
    /// was reached.
    /// </summary>
    /// <exception cref="StorageException">The brokers do not answer.</exception>
    public async ValueTask<long[]> ReadAsync(long[] from, int max, List<LogRecord> into, CancellationToken cancellationToken)
    {
        await StartAtAsync(from, cancellationToken).ConfigureAwait(false);
        // Whoever is broken off asks for the same again, and what was taken for it meanwhile is no longer at hand.
        _told = [];
        long[]? ends = null;
        while (into.Count < max)
        {
            if (Take(into, max))
                continue;
            ends ??= await EndsAsync(cancellationToken).ConfigureAwait(false);
            if (Reached(_next, ends))
                break;
            await FetchAsync(cancellationToken).ConfigureAwait(false);
        }

        return _told = [.. _next];
    }

    /// <summary>Returns once there is something after some offsets.</summary>
    public async ValueTask WaitAsync(long[] after, CancellationToken cancellationToken)
    {
        await StartAtAsync(after, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (_chunk is not null || _chunks.Reader.TryRead(out _chunk))
            {
                if (_chunk.Records.Count > _taken)
                    return;
                Finish(_chunk);
                continue;
            }

            await ReadableAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="OffsetQueries.FindAsync"/>
    public Task<long[]> FindAsync(DateTimeOffset time, CancellationToken cancellationToken) => cluster.Offsets.FindAsync(_partitions, time, cancellationToken);

    /// <inheritdoc cref="OffsetQueries.EndsAsync"/>
    public Task<long[]> EndsAsync(CancellationToken cancellationToken) => cluster.Offsets.EndsAsync(_partitions, cancellationToken);

    /// <inheritdoc cref="OffsetQueries.StartsAsync"/>
    public Task<long[]> StartsAsync(CancellationToken cancellationToken) => cluster.Offsets.StartsAsync(_partitions, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopPumpAsync().ConfigureAwait(false);
        if (_consumer is { } consumer)
            await Task.Run(consumer.Dispose).ConfigureAwait(false);
    }

    private bool Take(List<LogRecord> into, int max)
    {
        if (_chunk is null && !_chunks.Reader.TryRead(out _chunk))
            return false;
        for (; into.Count < max && _taken < _chunk.Records.Count; _taken++)
        {
            var record = _chunk.Records[_taken];
            into.Add(record);
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
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await ReadableAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw KafkaFaults.Wait(cluster.Options, $"{cluster.Names.Events} gave nothing for {Patience.TotalSeconds} s although there is more to read.");
        }
    }

    private async ValueTask ReadableAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _chunks.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                return;
        }
        catch (KafkaException e)
        {
            _told = [];
            throw cluster.Fault($"reading {cluster.Names.Events}", e);
        }

        // The pump has ended; the next call starts another.
        _told = [];
        throw new StorageException($"Reading {cluster.Names.Events} was broken off.", isTransient: true);
    }

    private IConsumer<RepositoryId, ReadOnlyMemory<byte>> Consumer() => _consumer ??= new ConsumerBuilder<RepositoryId, ReadOnlyMemory<byte>>(cluster.Settings.Reader(FetchWait))
        .SetKeyDeserializer(RepositoryKeys.Instance)
        .SetValueDeserializer(new EventValues(includeJson))
        .SetLogHandler(KafkaCluster.Ignore)
        .SetErrorHandler((_, _) => metrics.ClientError())
        .Build();

    private async ValueTask StartAtAsync(long[] from, CancellationToken cancellationToken)
    {
        if (IsAt(from))
            return;
        await StopPumpAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _chunk = null;
        _taken = 0;
        _chunks = Channel.CreateBounded<LogChunk>(new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true });
        from.CopyTo(_next.AsSpan());
        _told = [.. from];
        _stopping = new CancellationTokenSource();
        var consumer = Consumer();
        consumer.Assign(_partitions.Zip(from, (partition, offset) => new TopicPartitionOffset(partition, offset)));
        var pump = new LogPump(consumer, partitions, _chunks.Writer, metrics);
        var stopping = _stopping.Token;
        _pump = Task.Factory.StartNew(() => pump.Run(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private async ValueTask StopPumpAsync()
    {
        if (_stopping is null)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _stopping = null;
    }
}
