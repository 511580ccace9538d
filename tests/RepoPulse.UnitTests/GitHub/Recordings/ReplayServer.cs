using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.Recordings;

/// <summary>
/// Responds with recorded bytes, one exchange after the other, whatever is asked; after the last it hangs up. It listens on the loopback
/// and is taken for api.github.com, in TLS, because the responses name that host.
/// </summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RecordedExchange> _exchanges;
    private readonly X509Certificate2 _certificate = Certificate();
    private readonly Task _accepting;

    public ReplayServer(IEnumerable<RecordedExchange> exchanges)
    {
        _exchanges = new ConcurrentQueue<RecordedExchange>(exchanges);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The heads of the requests, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public bool IsOver => _exchanges.IsEmpty;

    /// <summary>The product's own handler, but that every host is this one.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = GitHubServiceCollectionExtensions.CreateHandler();
        handler.ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(_listener.LocalEndpoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        };
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString();
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var connection = client;
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
            while (await ReadHeadAsync(stream) is { } head)
            {
                Requests.Enqueue(head);
                if (!_exchanges.TryDequeue(out var exchange))
                    return;
                await stream.WriteAsync(exchange.ToBytes(), _stopping.Token);
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
        {
            // The client has what it wanted.
        }
    }

    private async Task<string?> ReadHeadAsync(SslStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(buffer, _stopping.Token) == 0)
                return null;
            head.Append((char)buffer[0]);
        }

        return head.ToString();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=api.github.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(
                new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }
}
