using System.Buffers;
using System.Numerics;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// The memory that bodies of webhooks under way may hold, all together. Nobody who sends one has shown yet that they know the secret, so
/// memory is taken for bytes that have arrived and never for those a header promises, and where there is none left the oldest unproven body
/// loses its own: a sender that stalls holds up nobody.
/// </summary>
/// <remarks>
/// A large body never takes the last eighth, nor memory from a small one, so that ordinary deliveries are not crowded out. A body that is
/// proven to be GitHub's keeps its memory until it is disposed of.
/// </remarks>
internal sealed class BodyMemoryBudget
{
    /// <summary>More than this is large. Of GitHub's deliveries next to none is.</summary>
    public const int SmallBytes = 1 << 20;

    private const int MinSegment = 4 << 10;
    private const int MaxSegment = 64 << 10;

    private readonly Lock _lock = new();
    private readonly LinkedList<ReceivedBody> _small = [];
    private readonly LinkedList<ReceivedBody> _large = [];
    private readonly long _max;
    private readonly long _maxLarge;
    private long _held;
    private long _heldLarge;
    private long _begun;

    public BodyMemoryBudget(long maxBytes) => (_max, _maxLarge) = (maxBytes, maxBytes - maxBytes / 8);

    /// <summary>The memory that is taken, in bytes.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_lock)
                return _held;
        }
    }

    /// <param name="declaredLength">What the header says of its length; null where it says nothing.</param>
    public ReceivedBody Begin(long? declaredLength) => new(this, isLarge: declaredLength > SmallBytes);

    /// <summary>Copies what arrived; false where there is no room for it, or the body has lost its memory to others.</summary>
    public bool TryAppend(ReceivedBody body, ReadOnlySpan<byte> arrived)
    {
        // One lock for the bookkeeping and the copy: an evicted body returns its segments, which no other thread may be writing to then.
        lock (_lock)
        {
            if (body.IsEvicted)
                return false;
            if (!body.IsLarge && body.Length + arrived.Length > SmallBytes)
                MakeLarge(body);
            while (arrived.Length > 0)
            {
                if (body.Room == 0 && !TryAddSegment(body, arrived.Length))
                    return false;
                var taken = Math.Min(body.Room, arrived.Length);
                body.Write(arrived[..taken]);
                arrived = arrived[taken..];
            }

            return true;
        }
    }

    /// <summary>Protects a proven body from eviction; false where it has been evicted.</summary>
    public bool TryProtect(ReceivedBody body)
    {
        lock (_lock)
        {
            Unlist(body);
            return !body.IsEvicted;
        }
    }

    public void Release(ReceivedBody body)
    {
        lock (_lock)
        {
            Unlist(body);
            Free(body);
        }
    }

    private void MakeLarge(ReceivedBody body)
    {
        Unlist(body);
        body.IsLarge = true;
        _heldLarge += body.HeldBytes;
        if (body.HeldBytes > 0)
            body.Place = _large.AddLast(body);
    }

    private bool TryAddSegment(ReceivedBody body, int wanted)
    {
        // As large as what came so far: a few segments for a large body, no more than twice what arrived for a small one.
        var size = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(wanted, body.Length)), MinSegment, MaxSegment);
        while (_held + size > _max || (body.IsLarge && _heldLarge + size > _maxLarge))
        {
            if (OldestBeside(body) is not { } oldest)
                return false;
            Evict(oldest);
        }

        // The pool has arrays of exactly these sizes.
        body.Add(ArrayPool<byte>.Shared.Rent(size));
        _held += size;
        _heldLarge += body.IsLarge ? size : 0;
        // In the order of their first bytes: a connection that sends nothing holds nothing, and has no turn.
        if (body.Place is null)
        {
            body.Number = _begun++;
            body.Place = (body.IsLarge ? _large : _small).AddLast(body);
        }

        return true;
    }

    private ReceivedBody? OldestBeside(ReceivedBody body)
    {
        var large = First(_large);
        return body.IsLarge ? large : First(_small) is not { } small ? large : large is null || small.Number < large.Number ? small : large;

        ReceivedBody? First(LinkedList<ReceivedBody> bodies) =>
            bodies.First is { } first && first.Value == body ? first.Next?.Value : bodies.First?.Value;
    }

    private void Evict(ReceivedBody body)
    {
        Unlist(body);
        Free(body);
        body.Evict();
    }

    private static void Unlist(ReceivedBody body)
    {
        body.Place?.List!.Remove(body.Place);
        body.Place = null;
    }

    private void Free(ReceivedBody body)
    {
        _held -= body.HeldBytes;
        _heldLarge -= body.IsLarge ? body.HeldBytes : 0;
        body.Free();
    }
}
