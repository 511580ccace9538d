using System.Buffers;
using System.Threading.Channels;

namespace RepoPulse.Core.Reading;

/// <summary>
/// Reads an archive of events, one or more a line: plain or gzip (recognised by its first bytes, of one or many members), from any stream,
/// which stays the caller's. Decompresses ahead on another thread, within bounded memory. One batch at a time.
/// </summary>
/// <example><code>
/// await using var archive = new ArchiveReader(file, line =&gt; log.Skipped(line));
/// while (await archive.ReadBatchAsync(events, 5000, stopping))
///     await log.AppendAsync(events, EventSource.Import, stopping);
/// if (archive.EndedEarly is { } reason) ...
/// </code></example>
public sealed class ArchiveReader : IAsyncDisposable
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    private readonly Channel<ArchiveBlock> _channel = Channel.CreateBounded<ArchiveBlock>(
        new BoundedChannelOptions(4) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _disposing = new();
    private readonly EventReader _reader = new();
    private readonly List<byte[]> _used = [];
    private readonly Action<MalformedLine>? _onMalformed;
    private readonly ArchiveLimits _limits;
    private readonly ArchiveInput _input;
    private readonly ArchiveBlocks _blocks;
    private Task? _writing;
    private byte[]? _buffer;
    private int _position;
    private int _length;

    /// <param name="onMalformed">Called with each line that is skipped, on the thread that reads the batch.</param>
    public ArchiveReader(Stream stream, Action<MalformedLine>? onMalformed = null)
        : this(stream, onMalformed, new ArchiveLimits())
    {
    }

    internal ArchiveReader(Stream stream, Action<MalformedLine>? onMalformed, ArchiveLimits limits)
    {
        (_onMalformed, _limits) = (onMalformed, limits);
        _input = new ArchiveInput(stream);
        _blocks = new ArchiveBlocks(_input, limits);
    }

    /// <summary>Lines so far, blank and malformed ones included.</summary>
    public long Lines { get; private set; }

    public long Events { get; private set; }

    /// <summary>Lines skipped because they do not hold whole events.</summary>
    public long MalformedLines { get; private set; }

    /// <summary>
    /// Bytes taken from the stream, as stored: for a progress bar. Runs ahead of the batches; may be asked from any thread.
    /// </summary>
    public long BytesRead => _input.BytesRead;

    /// <summary>
    /// Once there is no further batch: why the archive ends before its end (cut off or damaged), fit to show; null where it is whole. Its
    /// whole lines have been read all the same, and the part of a line where it breaks off counts as malformed.
    /// </summary>
    public string? EndedEarly => _blocks.EndedEarly;

    /// <summary>
    /// Fills the list with the next events, at most <paramref name="maxEvents"/> and those that share a line with the last; fewer where
    /// they are large. False, with an empty list, at the end. The events' JSON is good until the next call or disposal, when its memory is
    /// used again.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async ValueTask<bool> ReadBatchAsync(List<GitHubEvent> events, int maxEvents, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEvents);
        events.Clear();
        ReturnUsedBlocks();
        _writing ??= Task.Run(() => _blocks.WriteAsync(_channel.Writer, _disposing.Token), CancellationToken.None);
        var held = 0L;
        while (events.Count < maxEvents && (events.Count == 0 || held < _limits.Batch))
        {
            try
            {
                if (_buffer is null && !await TakeBlockAsync(cancellationToken))
                    break;
            }
            catch (Exception) when (events.Count > 0)
            {
                break; // What was read before comes first: the next call meets the same failure.
            }

            if (_buffer is null)
                Skip($"the line is longer than {_limits.Line >> 20} MiB");
            else
                held += ReadBlock(events, maxEvents);
        }

        Events += events.Count;
        return events.Count > 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        if (_writing is not null)
            await _writing;
        ReturnUsedBlocks();
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        while (_channel.Reader.TryRead(out var block))
        {
            if (block.Buffer is not null)
                ArrayPool<byte>.Shared.Return(block.Buffer);
        }

        _disposing.Dispose();
        await _input.DisposeAsync();
    }

    /// <summary>The next block; none in the case of a line that was too long. False at the end.</summary>
    private async ValueTask<bool> TakeBlockAsync(CancellationToken cancellationToken)
    {
        if (!await _channel.Reader.WaitToReadAsync(cancellationToken) || !_channel.Reader.TryRead(out var block))
            return false;
        (_buffer, _length, _position) = (block.Buffer, block.Length, 0);
        if (Lines == 0 && block.Buffer.AsSpan(0, block.Length).StartsWith(ByteOrderMark))
            _position = ByteOrderMark.Length;
        return true;
    }

    /// <summary>Reads on in the present block, and returns how much memory the batch keeps of it now that it is used up.</summary>
    private int ReadBlock(List<GitHubEvent> events, int maxEvents)
    {
        var before = events.Count;
        ReadLines(events, maxEvents);
        if (_position < _length)
            return 0;
        var buffer = _buffer!;
        _buffer = null;
        if (events.Count == before)
        {
            ArrayPool<byte>.Shared.Return(buffer); // So that a file that holds no events does not gather in memory.
            return 0;
        }

        _used.Add(buffer);
        return buffer.Length;
    }

    private void ReadLines(List<GitHubEvent> events, int maxEvents)
    {
        while (_position < _length && events.Count < maxEvents)
        {
            var rest = _buffer.AsMemory(_position.._length);
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            _position += line.Length + 1;
            if (_reader.TryReadLine(line, events, out var fault))
                Lines++;
            else
                Skip(fault);
        }
    }

    private void Skip(string reason)
    {
        Lines++;
        MalformedLines++;
        _onMalformed?.Invoke(new MalformedLine(Lines, reason));
    }

    private void ReturnUsedBlocks()
    {
        foreach (var buffer in _used)
            ArrayPool<byte>.Shared.Return(buffer);
        _used.Clear();
    }
}

/// <summary>How much of an archive is held in memory. All in bytes; made small by tests.</summary>
internal sealed record ArchiveLimits
{
    /// <summary>A line longer than this is malformed: several times what GitHub lets an event be.</summary>
    public int Line { get; init; } = 64 << 20;

    /// <summary>What is decompressed at a time; a block grows to hold a longer line.</summary>
    public int Block { get; init; } = 512 << 10;

    /// <summary>A batch ends once the blocks it lies in exceed this.</summary>
    public int Batch { get; init; } = 16 << 20;
}

/// <summary>A line of an archive that was skipped because it does not hold whole events.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">What is wrong with it, in a few words for people.</param>
public readonly record struct MalformedLine(long Line, string Reason);
