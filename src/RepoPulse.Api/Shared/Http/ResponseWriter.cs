using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RepoPulse.Api.Metrics;

namespace RepoPulse.Api;

/// <summary>
/// Writes a body in pieces, each of which the connection must take in time: a client that makes no progress is cut off, over HTTP/1 and
/// HTTP/2 alike. What is left in the connection at the end, a piece at most, is the server's own to limit (<c>MinResponseDataRate</c>).
/// </summary>
internal sealed class ResponseWriter : IDisposable
{
    /// <summary>How much is handed to the connection at once: enough for few system calls, little enough to notice a slow client.</summary>
    public const int PieceBytes = 64 * 1024;

    /// <summary>How long a client may take no piece.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _ending = new();
    private readonly IHttpRequestLifetimeFeature _connection;
    private readonly PipeWriter _output;
    private readonly ResponseMemory _memory;
    private readonly TimeProvider _time;
    private readonly ApiMetrics _metrics;
    private ITimer? _timer;
    private long _waitsSince = long.MinValue;
    private int _pending;
    private bool _ended;

    public ResponseWriter(HttpContext context, ResponseMemory memory, TimeProvider time, ApiMetrics metrics)
    {
        _connection = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _output = context.Response.BodyWriter;
        (_memory, _time, _metrics) = (memory, time, metrics);
        Gone = context.RequestAborted;
    }

    /// <summary>Fires when the client has gone, or was cut off.</summary>
    public CancellationToken Gone { get; }

    /// <summary>Whether it was cut off here.</summary>
    public bool IsCut { get; private set; }

    /// <summary>For how long the client has not taken what was handed to the connection; zero while it does.</summary>
    public TimeSpan Waited =>
        Volatile.Read(ref _waitsSince) is var since && since == long.MinValue ? TimeSpan.Zero : _time.GetElapsedTime(since);

    /// <summary>What it holds of the memory of all; under that one's lock.</summary>
    internal long HeldBytes { get; set; }

    /// <inheritdoc cref="ResponseMemory.TryHold"/>
    public bool TryHold(long bytes) => _memory.TryHold(this, bytes);

    /// <inheritdoc cref="ResponseMemory.HoldAsync"/>
    public ValueTask HoldAsync(long bytes) => _memory.HoldAsync(this, bytes, Gone);

    /// <summary>Gives back all that it holds.</summary>
    public void Release() => _memory.Release(this);

    /// <summary>Adds to the piece in hand. For a few bytes: what is long goes through <see cref="WriteAsync"/>.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _pending += bytes.Length;
    }

    /// <summary>Writes bytes of any number, and waits wherever a piece is full.</summary>
    /// <exception cref="OperationCanceledException">The token fired, the client has gone, or it was cut off.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, PieceBytes);
            Write(bytes.Span[..part]);
            bytes = bytes[part..];
            await FlushIfFullAsync(cancellationToken);
        }
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) =>
        _pending >= PieceBytes ? FlushAsync(cancellationToken) : default;

    /// <summary>Hands over what is in hand, and waits while the connection has too much.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_pending == 0)
            return default;
        _pending = 0;
        var flush = _output.FlushAsync(cancellationToken);
        if (!flush.IsCompletedSuccessfully)
            return WaitAsync(flush, cancellationToken);
        ThrowIfGone(flush.Result);
        return default;
    }

    /// <summary>Cuts the client off: what waits for it ends.</summary>
    /// <param name="reason">The metric's label.</param>
    public void Cut(string reason)
    {
        // Under the lock: a connection is used for the next request once this one has ended, and that one has done nothing.
        lock (_ending)
        {
            if (_ended || IsCut)
                return;
            IsCut = true;
            _connection.Abort();
        }

        _metrics.ResponseCut(reason);
    }

    public void Dispose()
    {
        lock (_ending)
            _ended = true;
        _timer?.Dispose();
        Release();
    }

    private async ValueTask WaitAsync(ValueTask<FlushResult> flush, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _waitsSince, _time.GetTimestamp());
        _timer ??= _time.CreateTimer(
            static writer => ((ResponseWriter)writer!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        try
        {
            ThrowIfGone(await flush);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Volatile.Write(ref _waitsSince, long.MinValue);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTime()
    {
        // The piece that it was set for may have been taken at this very moment.
        if (Waited >= Patience)
            Cut("stalled");
    }

    private void ThrowIfGone(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled || IsCut)
            throw new OperationCanceledException("The client is gone.", Gone);
    }
}
