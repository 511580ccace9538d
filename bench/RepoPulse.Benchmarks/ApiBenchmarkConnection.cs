using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RepoPulse.Benchmarks;

/// <summary>
/// One connection that asks the same over and over. Every response is as long as the first, so a client has nothing to do but count bytes,
/// and what is measured is the server.
/// </summary>
internal sealed class ApiBenchmarkConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly byte[] _request;
    private readonly byte[] _buffer;

    private ApiBenchmarkConnection(TcpClient client, byte[] request, int answerBytes)
    {
        (_client, _request, AnswerBytes) = (client, request, answerBytes);
        _buffer = new byte[answerBytes];
    }

    public int AnswerBytes { get; }

    /// <param name="conditional">Whether to ask with the entity tag of a first response, for 304.</param>
    public static async Task<ApiBenchmarkConnection> OpenAsync(
        Uri address, string path, bool conditional, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var request = $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n";
        var (head, bytes) = await AskFirstAsync(client, request, cancellationToken);
        if (conditional)
        {
            request = request.Insert(request.Length - 2, $"If-None-Match: {Header(head, "ETag")}\r\n");
            (head, bytes) = await AskFirstAsync(client, request, cancellationToken);
        }

        var expected = conditional ? "HTTP/1.1 304" : "HTTP/1.1 200";
        return head.StartsWith(expected, StringComparison.Ordinal)
            ? new ApiBenchmarkConnection(client, Encoding.ASCII.GetBytes(request), bytes)
            : throw new InvalidOperationException($"{path} was not answered with {expected}: {head}");
    }

    public async Task AskAsync(int times, CancellationToken cancellationToken)
    {
        var stream = _client.GetStream();
        for (var i = 0; i < times; i++)
        {
            await stream.WriteAsync(_request, cancellationToken);
            await stream.ReadExactlyAsync(_buffer, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The head of a response, and the length of the whole.</summary>
    private static async Task<(string Head, int Bytes)> AskFirstAsync(TcpClient client, string request, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
        }

        var text = head.ToString();
        var body = int.Parse(Header(text, "Content-Length") ?? "0", CultureInfo.InvariantCulture);
        await stream.ReadExactlyAsync(new byte[body], cancellationToken);
        return (text, text.Length + body);
    }

    private static string? Header(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 2)..])
        .FirstOrDefault();
}
