using System.Text;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api.Streaming;

/// <summary>Writes messages as HTML's server-sent events have them, into the connection's own memory.</summary>
internal sealed class MessageWriter(ResponseWriter output)
{
    /// <summary>Begins: how soon to come back after a loss, and where to go on even if nothing more is sent.</summary>
    public void WriteStart(string id)
    {
        output.Write("retry: 2000\n"u8);
        WriteId(id);
        output.Write("\n"u8);
    }

    /// <summary>Waits for a client that takes no more, once there is much to take.</summary>
    public async ValueTask WriteEventAsync(string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        WriteId(id);
        output.Write("event: event\ndata: "u8);
        await output.WriteAsync(json, cancellationToken);
        output.Write("\n\n"u8);
        await output.FlushIfFullAsync(cancellationToken);
    }

    /// <inheritdoc cref="WriteEventAsync"/>
    public async ValueTask WriteStatisticsAsync(
        string id, StatisticsDocument document, IReadOnlyList<EventType> types, CancellationToken cancellationToken)
    {
        WriteId(id);
        output.Write("event: statistics\ndata: "u8);
        var body = new Body();
        document.AddTo(body, types);
        foreach (var slice in body.Slices)
            await output.WriteAsync(slice, cancellationToken);
        output.Write("\n\n"u8);
        await output.FlushIfFullAsync(cancellationToken);
    }

    public void WriteGap(string id, ReadOnlySpan<byte> json)
    {
        WriteId(id);
        output.Write("event: gap\ndata: "u8);
        output.Write(json);
        output.Write("\n\n"u8);
    }

    /// <summary>A comment, and an id that no message comes with: a reader remembers it all the same.</summary>
    public void WriteHeartbeat(string id)
    {
        output.Write(": alive\n"u8);
        WriteId(id);
        output.Write("\n"u8);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    private void WriteId(string id)
    {
        Span<byte> bytes = stackalloc byte[256];
        output.Write("id: "u8);
        if (id.Length <= bytes.Length)
            output.Write(bytes[..Encoding.ASCII.GetBytes(id, bytes)]);
        else
            output.Write(Encoding.ASCII.GetBytes(id));
        output.Write("\n"u8);
    }
}
