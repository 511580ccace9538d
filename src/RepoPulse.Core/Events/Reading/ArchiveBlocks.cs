using System.Buffers;
using System.IO.Compression;
using System.Threading.Channels;

namespace RepoPulse.Core.Reading;

/// <summary>Decompresses an archive and cuts it into blocks of whole lines, ahead of the one who parses them.</summary>
internal sealed class ArchiveBlocks(ArchiveInput input, ArchiveLimits limits)
{
    /// <summary>
    /// Decompressed at a time. When data turns out to be damaged GZipStream forgets what it had just decompressed of this, so it is small.
    /// </summary>
    private const int Slice = 4096;

    private byte[] _buffer = [];
    private int _filled;
    private bool _isPassingOver;

    /// <summary>Why the archive ends early; null where it does not. Known once the channel is complete.</summary>
    public string? EndedEarly { get; private set; }

    /// <summary>Writes every block to the channel and completes it, with the exception where the stream fails.</summary>
    public async Task WriteAsync(ChannelWriter<ArchiveBlock> blocks, CancellationToken cancellationToken)
    {
        try
        {
            _buffer = ArrayPool<byte>.Shared.Rent(limits.Block);
            if (await input.DetectGzipAsync(cancellationToken))
                await DecompressAsync(blocks, cancellationToken);
            else
                await SplitAsync(input, int.MaxValue, blocks, cancellationToken);
            blocks.Complete();
        }
        catch (Exception e)
        {
            blocks.Complete(e);
        }
        finally
        {
            if (_buffer.Length > 0)
                ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private async Task DecompressAsync(ChannelWriter<ArchiveBlock> blocks, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            await SplitAsync(gzip, Slice, blocks, cancellationToken);
            if (!input.IsComplete)
                EndedEarly = "the gzip is cut off, or holds bytes that are not gzip";
        }
        catch (InvalidDataException)
        {
            EndedEarly = $"the gzip is damaged before byte {input.BytesRead}, or cut off";
            await FinishAsync(blocks, cancellationToken);
        }
    }

    private async Task SplitAsync(Stream plain, int atMost, ChannelWriter<ArchiveBlock> blocks, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await plain.ReadAsync(_buffer.AsMemory(_filled, Math.Min(_buffer.Length - _filled, atMost)), cancellationToken);
            if (read == 0)
                break;
            _filled += read;
            input.Produced += read;
            if (_filled == _buffer.Length)
                await MakeRoomAsync(blocks, cancellationToken);
        }

        await FinishAsync(blocks, cancellationToken);
    }

    /// <summary>A full buffer: passes its whole lines on, or grows to hold a long line, or gives up a line that is too long.</summary>
    private async Task MakeRoomAsync(ChannelWriter<ArchiveBlock> blocks, CancellationToken cancellationToken)
    {
        if (_isPassingOver)
        {
            PassOver();
            return;
        }

        var lines = _buffer.AsSpan(0, _filled).LastIndexOf((byte)'\n') + 1;
        if (lines == 0 && _filled >= limits.Line)
        {
            await blocks.WriteAsync(default, cancellationToken);
            (_isPassingOver, _filled) = (true, 0);
            return;
        }

        var rest = _filled - lines;
        var next = ArrayPool<byte>.Shared.Rent(Math.Max(limits.Block, 2 * rest));
        _buffer.AsSpan(lines, rest).CopyTo(next);
        if (lines > 0)
            await blocks.WriteAsync(new ArchiveBlock(_buffer, lines), cancellationToken);
        else
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _filled) = (next, rest);
    }

    /// <summary>What is left, which is a line without an end, or lines of a buffer that never filled.</summary>
    private async Task FinishAsync(ChannelWriter<ArchiveBlock> blocks, CancellationToken cancellationToken)
    {
        if (_isPassingOver)
            PassOver();
        if (_filled == 0)
            return;
        await blocks.WriteAsync(new ArchiveBlock(_buffer, _filled), cancellationToken);
        (_buffer, _filled) = ([], 0);
    }

    /// <summary>Drops the line that was too long as far as it is in the buffer.</summary>
    private void PassOver()
    {
        var end = _buffer.AsSpan(0, _filled).IndexOf((byte)'\n') + 1;
        _isPassingOver = end == 0;
        var rest = _isPassingOver ? 0 : _filled - end;
        _buffer.AsSpan(_filled - rest, rest).CopyTo(_buffer);
        _filled = rest;
    }
}

/// <summary>
/// Whole lines of an archive in a pooled buffer (the very last may lack its end), or in place of them a line that was too long to keep.
/// </summary>
/// <param name="Buffer">Null for a line that was too long.</param>
internal readonly record struct ArchiveBlock(byte[]? Buffer, int Length);
