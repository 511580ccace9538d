using System.Net.Sockets;
using System.Text;

namespace RepoPulse.FunctionalTests.Security;

/// <summary>A sender of a webhook's body who does not know the secret, over a connection of its own.</summary>
internal sealed class BodyAttacker : IDisposable
{
    private readonly TcpClient _client = new();

    /// <summary>
    /// Sends the headers of a body and as much of it as is taken, until the connection ends or the whole body is sent but its last byte.
    /// </summary>
    /// <param name="declaredLength">Null for a body in chunks that never ends.</param>
    /// <param name="pause">Between two parts; none for as fast as it goes.</param>
    /// <returns>The status of the response; null where the connection ended without one.</returns>
    public async Task<int?> AttackAsync(
        Uri server, long? declaredLength, int partLength, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await _client.ConnectAsync(server.Host, server.Port, cancellationToken);
            var stream = _client.GetStream();
            var framing = declaredLength is { } length ? $"Content-Length: {length}" : "Transfer-Encoding: chunked";
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /webhooks/github HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Hub-Signature-256: " +
                    $"sha256={new string('0', 64)}\r\nX-GitHub-Event: push\r\nX-GitHub-Delivery: d\r\nContent-Type: " +
                    $"application/json\r\n{framing}\r\n\r\n"),
                cancellationToken);
            var response = ReadStatusAsync(stream, cancellationToken);
            var part = declaredLength is null
                ? Encoding.ASCII.GetBytes($"{partLength:x}\r\n{new string(' ', partLength)}\r\n")
                : new byte[partLength];
            try
            {
                for (var sent = (long)partLength; !response.IsCompleted && sent < (declaredLength ?? long.MaxValue); sent += partLength)
                {
                    await stream.WriteAsync(part, cancellationToken);
                    if (pause > TimeSpan.Zero)
                        await Task.WhenAny(response, Task.Delay(pause, TimeProvider.System, cancellationToken));
                }
            }
            catch (IOException)
            {
                // Closed in the midst of the body; the response may have come before.
            }

            return await response;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<int?> ReadStatusAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        try
        {
            return await reader.ReadLineAsync(cancellationToken) is { } line ? int.Parse(line.Split(' ')[1], null) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
