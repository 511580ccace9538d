using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RepoPulse.Benchmarks.Abuse;

/// <summary>A connection that sends one request and takes of the response what it wants, with little room for the rest.</summary>
internal sealed class SlowReader : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024, NoDelay = true };
    private readonly byte[] _buffer = new byte[1024];

    /// <param name="headers">Each with its line end.</param>
    public async Task SendAsync(Uri server, string path, string headers, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), cancellationToken);
        await _socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{headers}\r\n"), cancellationToken);
    }

    /// <summary>A kilobyte every half second, until the server ends it.</summary>
    public async Task TrickleAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer, cancellationToken) > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Cut off, or the end of the attack.
        }
    }

    /// <summary>The status line of the response, once there is one; empty where the server ended the connection.</summary>
    public async Task<string> ReadStatusAsync(CancellationToken cancellationToken)
    {
        var read = await _socket.ReceiveAsync(_buffer, cancellationToken);
        var text = Encoding.ASCII.GetString(_buffer, 0, read);
        return text.Length < 12 ? "" : text[9..12];
    }

    public void Dispose() => _socket.Dispose();
}
