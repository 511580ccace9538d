using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using RepoPulse.Api.Documents;
using RepoPulse.Api.Http;
using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>Writes messages as HTML's server-sent events have them, into the connection's own memory.</summary>
internal sealed class MessageWriter(PipeWriter output)
{
    /// <summary>How much is handed to the connection at once: enough for few system calls, little enough to feel a slow client.</summary>
    private const int FlushBytes = 64 * 1024;

    private long _pending;

    /// <summary>Begins: how soon to come back after a loss, and where to go on even if nothing more is told.</summary>
    public void WriteStart(string id)
    {
        Write("retry: 2000\n"u8);
        WriteId(id);
        Write("\n"u8);
    }

    public void WriteEvent(string id, ReadOnlySpan<byte> json)
    {
        WriteId(id);
        Write("event: event\ndata: "u8);
        Write(json);
        Write("\n\n"u8);
    }

    public void WriteStatistics(string id, StatisticsDocument document, IReadOnlyList<EventType> types)
    {
        WriteId(id);
        Write("event: statistics\ndata: "u8);
        var body = new Body();
        document.AddTo(body, types);
        foreach (var slice in body.Slices)
            Write(slice.Span);
        Write("\n\n"u8);
    }

    public void WriteGap(string id, ReadOnlySpan<byte> json)
    {
        WriteId(id);
        Write("event: gap\ndata: "u8);
        Write(json);
        Write("\n\n"u8);
    }

    /// <summary>A comment, and an id that no message comes with: a reader remembers it all the same.</summary>
    public void WriteHeartbeat(string id)
    {
        Write(": alive\n"u8);
        WriteId(id);
        Write("\n"u8);
    }

    /// <summary>Waits for a client that takes no more, once there is much to take.</summary>
    public ValueTask FlushIfMuchAsync(CancellationToken cancellationToken) => _pending >= FlushBytes ? FlushAsync(cancellationToken) : default;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_pending == 0)
            return;
        _pending = 0;
        var result = await output.FlushAsync(cancellationToken);
        if (result.IsCompleted || result.IsCanceled)
            throw new IOException("The client is gone.");
    }

    private void WriteId(string id)
    {
        Write("id: "u8);
        _pending += Encoding.ASCII.GetBytes(id, output);
        Write("\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _pending += bytes.Length;
    }
}
