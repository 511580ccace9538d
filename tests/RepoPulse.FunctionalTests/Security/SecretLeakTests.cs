using System.Net;
using System.Net.Sockets;
using System.Text;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Security;

/// <summary>
/// What the real executable writes of secrets that a store, a client of Kafka's or a proxy is given: its libraries have words of their own.
/// </summary>
public sealed class SecretLeakTests : IDisposable
{
    private const string Mark = "hunter2";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData($"--Storage:ConnectionString=Host=127.0.0.1;Database=repopulse;Username=me;Password={Mark}")]
    [InlineData($"--Storage:ConnectionString=Data Source=postgres://me:{Mark}@127.0.0.1:9/repopulse")]
    [InlineData($"--Storage:ConnectionString=Data Source=db;Password={Mark}")]
    [InlineData($"--Storage:ConnectionString=Host=postgres://me:{Mark}@127.0.0.1/x;Database=repopulse", "--Storage:Provider=Postgres")]
    [InlineData($"--Storage:ConnectionString=Host=127.0.0.1;Database=x;Password=a;{Mark}=b", "--Storage:Provider=Postgres")]
    [InlineData($"--Storage:ConnectionString=Host=127.0.0.1;Database=x;Port={Mark}", "--Storage:Provider=Postgres")]
    public async Task A_connection_string_is_not_written(params string[] settings)
    {
        foreach (var command in new[] { "run", "collect", "serve", "check", "stats" })
        {
            var (exit, output, errors) = await RepoPulseProcess.RunAsync(
                [command, .. settings, "--GitHub:ApiUrl=http://127.0.0.1:9", "--Api:Urls=http://127.0.0.1:0", "--Collector:Urls=http://127.0.0.1:0"]);

            Assert.NotEqual(0, exit);
            Assert.Contains("Storage:ConnectionString", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("unexpected failure", errors, StringComparison.Ordinal);
            Assert.DoesNotContain(Mark, output + errors, StringComparison.Ordinal);
            if (settings.Length == 1)
                Assert.Contains("Storage:Provider=Postgres", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ssl", $"SslKeyPem=-----BEGIN PRIVATE KEY-----{Mark}")]
    [InlineData("ssl", $"SslKeyPassword={Mark}", "SslKeyLocation=missing.pem")]
    [InlineData("ssl", $"SslKeystorePassword={Mark}", "SslKeystoreLocation=missing.p12")]
    [InlineData("sasl_plaintext", "SaslMechanism=PLAIN", "SaslUsername=me", $"SaslPassword={Mark}")]
    [InlineData("sasl_plaintext", "SaslMechanism=OAUTHBEARER", $"SaslOauthbearerConfig={Mark}")]
    [InlineData(
        "sasl_plaintext",
        "SaslMechanism=OAUTHBEARER",
        "SaslOauthbearerMethod=oidc",
        "SaslOauthbearerClientId=me",
        $"SaslOauthbearerClientSecret={Mark}",
        $"SaslOauthbearerTokenEndpointUrl=http://me:{Mark}@127.0.0.1:9/")]
    public async Task What_the_client_of_Kafka_is_given_is_not_written(string protocol, params string[] security)
    {
        var (exit, output, errors) = await RepoPulseProcess.RunAsync(
        [
            "check", "--GitHub:ApiUrl=http://127.0.0.1:9", "--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=127.0.0.1:9",
            $"--Kafka:Security:Protocol={protocol}",
            .. security.Select(setting => $"--Kafka:Security:{setting}"),
        ]);

        Assert.Equal(1, exit);
        Assert.DoesNotContain(Mark, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_a_proxy_is_not_written()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var refusing = RefuseAsync(proxy);
        var address = $"http://me:{Mark}@127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}/";
        await using var process = RepoPulseProcess.StartWith(
            [("HTTPS_PROXY", address), ("NO_PROXY", "")],
            ["check", _folder.Database, "--GitHub:ApiUrl=https://github.invalid", "--GitHub:Tokens=a-token-of-some-length"]);

        var (exit, output, errors) = await process.EndAsync();

        Assert.Equal(1, exit);
        Assert.Contains("407", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Mark, output + errors, StringComparison.Ordinal);
        proxy.Stop();
        await refusing;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A proxy that lets nobody through.</summary>
    private static async Task RefuseAsync(TcpListener proxy)
    {
        try
        {
            while (true)
            {
                using var client = await proxy.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken);
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                    TestContext.Current.CancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}
