using System.Threading.Channels;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>The thread that takes records from the client, decodes them and hands them on in chunks.</summary>
internal sealed class LogPump(
    IConsumer<RepositoryId, ReadOnlyMemory<byte>> consumer,
    IReadOnlyList<int> partitions,
    ChannelWriter<LogChunk> chunks,
    Action<ConsumeResult<RepositoryId, ReadOnlyMemory<byte>>> skip)
{
    private const int ChunkSize = 1_000;

    private readonly EventHeaders.Names _names = new();
    private readonly Dictionary<int, int> _places = partitions.Select((partition, place) => (partition, place)).ToDictionary();

    /// <summary>Runs until it is stopped; its failure goes through the channel.</summary>
    public void Run(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var chunk = Next(stopping);
                if (!chunks.TryWrite(chunk))
                    chunks.WriteAsync(chunk, stopping).AsTask().GetAwaiter().GetResult();
            }

            chunks.TryComplete();
        }
        catch (OperationCanceledException)
        {
            chunks.TryComplete();
        }
        catch (Exception e)
        {
            chunks.TryComplete(e);
        }
    }

    /// <summary>What the client has in hand, once it has anything.</summary>
    private LogChunk Next(CancellationToken stopping)
    {
        var records = new List<LogRecord>();
        var reached = new List<(int, long)>();
        var (place, next) = (-1, 0L);
        for (var result = consumer.Consume(stopping); result is not null; result = consumer.Consume(TimeSpan.Zero))
        {
            var at = _places[result.Partition.Value];
            if (at != place && place >= 0)
                reached.Add((place, next));
            place = at;
            if (result.IsPartitionEOF)
            {
                next = result.Offset.Value;
                continue;
            }

            next = result.Offset.Value + 1;
            var message = result.Message;
            if (EventHeaders.TryRead(message.Key, message.Headers, message.Value, _names, out var e, out var source))
                records.Add(new LogRecord(at, result.Offset.Value, source, e));
            else
                skip(result);
            if (records.Count >= ChunkSize)
                break;
        }

        if (place >= 0)
            reached.Add((place, next));
        return new LogChunk(records, reached);
    }
}
