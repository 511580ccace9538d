namespace RepoPulse.Core.Reading;

/// <summary>
/// The bytes of an archive as stored, counted. Of a gzip it also keeps the book that GZipStream does not: GZipStream takes a cut-off
/// archive for a whole one, and passes over bytes between members in silence.
/// </summary>
/// <remarks>
/// A member ends with the length of what it holds. Bytes are handed out so that a possible member's start (its magic bytes) always begins a
/// read; by then everything before it has been decompressed, so the four bytes before it must say how much came since the last member's
/// start. The same holds at the end of the archive. Bytes that look like a start by chance do not pass that test.
/// </remarks>
internal sealed class ArchiveInput(Stream stream) : Stream
{
    private const int BufferSize = 128 << 10;
    private const int SmallestMember = 18;
    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b, 8];

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private bool _isEnded;
    private bool _isGzip;
    private long _bytesRead;
    private long _handedOut;
    private long _memberStart;
    private long _memberProduced;
    private uint _lastFour;

    /// <summary>What has been taken from the stream; may be asked from any thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>What has been decompressed so far, counted by the caller that decompresses.</summary>
    public long Produced { get; set; }

    /// <summary>At the end of a gzip: whether it was whole and nothing but gzip.</summary>
    public bool IsComplete => !_isGzip || IsAtMemberEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    private bool IsAtMemberEnd => _handedOut - _memberStart >= SmallestMember && _lastFour == (uint)(Produced - _memberProduced);

    /// <summary>Looks at the first bytes, whatever the archive is called. Called once, before anything is read.</summary>
    public async ValueTask<bool> DetectGzipAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(2, cancellationToken);
        return _isGzip = _buffer.AsSpan(_start, _end - _start).StartsWith(Magic[..2]);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await EnsureAsync(_isGzip ? Magic.Length : 1, cancellationToken);
        var count = Math.Min(_end - _start, buffer.Length);
        if (_isGzip && count > 0)
            count = CountToNextMember(count);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    /// <summary>How much of the next <paramref name="count"/> bytes may be handed out at once, and the book-keeping for them.</summary>
    private int CountToNextMember(int count)
    {
        var available = _buffer.AsSpan(_start, _end - _start);
        if (_handedOut > 0 && available.StartsWith(Magic) && IsAtMemberEnd)
            (_memberStart, _memberProduced) = (_handedOut, Produced);
        var next = available[1..Math.Min(available.Length, count + Magic.Length - 1)].IndexOf(Magic);
        if (next >= 0)
            count = Math.Min(count, next + 1);
        else if (!_isEnded)
            count = Math.Max(1, Math.Min(count, available.Length - (Magic.Length - 1))); // The magic may lie across two reads.
        foreach (var value in available[Math.Max(0, count - 4)..count])
            _lastFour = _lastFour >> 8 | (uint)value << 24;
        _handedOut += count;
        return count;
    }

    /// <summary>Reads on until that many bytes are there or the stream ends.</summary>
    private async ValueTask EnsureAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count && !_isEnded)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            // Standard input cannot be cancelled: the wait for it can.
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).AsTask().WaitAsync(cancellationToken);
            _isEnded = read == 0;
            _end += read;
            Volatile.Write(ref _bytesRead, _bytesRead + read);
        }
    }
}
