using System.Buffers;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// What has arrived of one body. Its memory is the budget's, and all that changes it happens under the budget's lock; once it is protected,
/// it is its reader's alone.
/// </summary>
internal sealed class ReceivedBody(BodyMemoryBudget budget, bool isLarge) : IDisposable
{
    private readonly List<byte[]> _segments = [];
    private readonly CancellationTokenSource _evicted = new();
    private int _lastLength;

    public bool IsLarge { get; set; } = isLarge;

    /// <summary>Its place among the unproven; null for one that holds nothing yet, or may keep what it holds.</summary>
    public LinkedListNode<ReceivedBody>? Place { get; set; }

    /// <summary>Its place in the order of first bytes.</summary>
    public long Number { get; set; }

    public int Length { get; private set; }

    public long HeldBytes { get; private set; }

    public bool IsEvicted { get; private set; }

    /// <summary>Cancelled when it loses its memory to others.</summary>
    public CancellationToken Evicted => _evicted.Token;

    /// <summary>How much fits into the memory that it holds.</summary>
    public int Room => _segments is [.., var last] ? last.Length - _lastLength : 0;

    /// <summary>False where there is no room for it.</summary>
    public bool TryAppend(ReadOnlySpan<byte> arrived) => budget.TryAppend(this, arrived);

    /// <summary>Everything that arrived, now that its sender is known to be GitHub; null where it lost its memory to others.</summary>
    public ReadOnlyMemory<byte>? Take()
    {
        if (!budget.TryProtect(this))
            return null;
        if (_segments is [var only])
            return only.AsMemory(0, Length);
        var whole = GC.AllocateUninitializedArray<byte>(Length);
        var copied = 0;
        foreach (var segment in _segments)
        {
            var part = Math.Min(segment.Length, Length - copied);
            segment.AsSpan(0, part).CopyTo(whole.AsSpan(copied));
            copied += part;
        }

        // What it holds stays counted: the copy is as large.
        ReturnSegments();
        return whole;
    }

    public void Dispose()
    {
        budget.Release(this);
        // One that was evicted may still be cancelling, on another thread.
        if (!IsEvicted)
            _evicted.Dispose();
    }

    public void Add(byte[] segment)
    {
        _segments.Add(segment);
        _lastLength = 0;
        HeldBytes += segment.Length;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_segments[^1].AsSpan(_lastLength));
        _lastLength += bytes.Length;
        Length += bytes.Length;
    }

    public void Free()
    {
        HeldBytes = 0;
        ReturnSegments();
    }

    public void Evict()
    {
        IsEvicted = true;
        // Not Cancel: its reader would go on here, under the lock.
        _ = _evicted.CancelAsync();
    }

    private void ReturnSegments()
    {
        foreach (var segment in _segments)
            ArrayPool<byte>.Shared.Return(segment);
        _segments.Clear();
    }
}
