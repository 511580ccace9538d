using Microsoft.AspNetCore.Http;
using RepoPulse.Api.Metrics;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Api;

/// <summary>
/// The memory that responses hold while they are sent, all together. A client that reads slowly, or not at all, makes its response hold
/// memory for as long as it likes, so that where there is no room left the slowest are cut off to make some.
/// </summary>
internal sealed class ResponseMemory(TimeProvider time, ApiMetrics metrics)
{
    public const long Limit = 64L << 20;

    /// <summary>
    /// A client that has not taken a piece for so long may be cut off where others need the room. It reads fewer than 64 kB/s then.
    /// </summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly HashSet<ResponseWriter> _holders = [];
    private TaskCompletionSource _released = NewSource();
    private long _held;

    public long Held
    {
        get
        {
            lock (_lock)
                return _held;
        }
    }

    /// <summary>Begins to write a response.</summary>
    public ResponseWriter Open(HttpContext context) => new(context, this, time, metrics);

    /// <summary>Takes room for a response if there is some.</summary>
    internal bool TryHold(ResponseWriter writer, long bytes)
    {
        lock (_lock)
        {
            if (_held + bytes > Limit)
                return false;
            _held += bytes;
            writer.HeldBytes += bytes;
            _holders.Add(writer);
            return true;
        }
    }

    /// <summary>Takes room for a response that has to be held, once there is some. More than there is at all counts as all.</summary>
    /// <exception cref="OverloadedException">There was none for too long.</exception>
    internal async ValueTask HoldAsync(ResponseWriter writer, long bytes, CancellationToken cancellationToken)
    {
        bytes = Math.Min(bytes, Limit);
        var began = time.GetTimestamp();
        while (true)
        {
            // Taken before looking: what is released between the look and the wait is not missed.
            var released = Volatile.Read(ref _released).Task;
            if (TryHold(writer, bytes) || (CutSlow(bytes) && TryHold(writer, bytes)))
                return;
            if (time.GetElapsedTime(began) >= MaxWait)
            {
                metrics.RequestRefused("memory");
                throw new OverloadedException(
                    "Too many responses are being sent to clients that read slowly. The same request may succeed later.", Retry);
            }

            // A client may become slow without anything being released.
            await released.WithinAsync(LookEvery, time, cancellationToken);
        }
    }

    internal void Release(ResponseWriter writer)
    {
        lock (_lock)
        {
            if (!_holders.Remove(writer))
                return;
            _held -= writer.HeldBytes;
            writer.HeldBytes = 0;
        }

        Interlocked.Exchange(ref _released, NewSource()).TrySetResult();
    }

    /// <summary>Cuts off those who are slow, the slowest first, until there is room; whether it cut off any.</summary>
    private bool CutSlow(long bytes)
    {
        List<ResponseWriter> slow = [];
        lock (_lock)
        {
            foreach (var writer in _holders.Where(writer => writer.Waited >= SlowAfter).OrderByDescending(writer => writer.Waited))
            {
                if (_held + bytes <= Limit)
                    break;
                slow.Add(writer);

                // At once and not when the response has ended, which is soon: else the next one to need room would cut off another for the
                // same bytes.
                _held -= writer.HeldBytes;
                writer.HeldBytes = 0;
            }

            slow.ForEach(writer => _holders.Remove(writer));
        }

        // Outside the lock: what waits for a connection that ends goes on here.
        slow.ForEach(writer => writer.Cut("memory"));
        return slow.Count > 0;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A request cannot be served now because too much else is under way: 503, and when to ask again.</summary>
/// <param name="message">For the client.</param>
internal sealed class OverloadedException(string message, TimeSpan retryAfter) : Exception(message)
{
    public TimeSpan RetryAfter => retryAfter;
}
