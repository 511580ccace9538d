using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RepoPulse.FunctionalTests.Processes;
using RepoPulse.UnitTests.Hosting.Tls;

namespace RepoPulse.FunctionalTests.Security;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task An_https_address_without_a_certificate_is_an_error_before_anything_begins(string command)
    {
        var (exit, _, errors) = await RepoPulseProcess.RunAsync(command, "--Api:Urls=https://127.0.0.1:0", _folder.Database);

        Assert.Equal(2, exit);
        Assert.Contains("Api:Urls", errors, StringComparison.Ordinal);
        Assert.Contains("Tls:CertificateFile", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "Api:Urls")]
    [InlineData("collect", "Collector:Urls")]
    public async Task A_certificate_is_served_with_its_issuer_and_a_new_one_without_a_restart(string role, string key)
    {
        var (root, intermediate) = TestCertificate.MakeAuthority();
        using (root)
        using (intermediate)
        {
            Write(TestCertificate.Make("first", issuer: (intermediate, intermediate.ExportCertificatePem())));
            await using var service = RepoPulseProcess.StartIn(
                _folder.Path, role, $"--{key}=https://127.0.0.1:0", "--Tls:CertificateFile=cert.pem", "--Tls:KeyFile=key.pem",
                "--GitHub:ApiUrl=http://127.0.0.1:9", _folder.Database);
            var address = await service.ListeningAsync();
            Assert.Equal("https", address.Scheme);
            using var open = Client(root);
            using (var response = await open.SendAsync(Health(address), TestContext.Current.CancellationToken))
                Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
            Assert.Equal("CN=first", await SubjectAsync(address, root));

            // A pair that does not fit changes nothing.
            await File.WriteAllTextAsync(_folder.File("key.pem"), TestCertificate.Make("other").Key);
            await Eventually.GetAsync(() => Task.FromResult(service.Errors), errors => errors.Contains(
                "the old certificate stays in use", StringComparison.Ordinal));
            Assert.Equal("CN=first", await SubjectAsync(address, root));

            Write(TestCertificate.Make("second", issuer: (intermediate, intermediate.ExportCertificatePem())));
            await Eventually.GetAsync(() => SubjectAsync(address, root), subject => subject == "CN=second");
            using (var response = await open.SendAsync(Health(address), TestContext.Current.CancellationToken))
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static HttpRequestMessage Health(Uri address) => new(HttpMethod.Get, new Uri(address, "health/live"))
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static HttpClient Client(X509Certificate2 root) =>
        new(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = Trusting(root) } });

    /// <summary>
    /// The subject of the certificate that a new connection is served with; it is trusted by way of what the server sends with it.
    /// </summary>
    private static async Task<string> SubjectAsync(Uri address, X509Certificate2 root)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = address.Host, CertificateChainPolicy = Trusting(root) },
            TestContext.Current.CancellationToken);
        return tls.RemoteCertificate!.Subject;
    }

    private static X509ChainPolicy Trusting(X509Certificate2 root) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { root },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private void Write((string Certificate, string Key) pair)
    {
        File.WriteAllText(_folder.File("cert.pem"), pair.Certificate);
        File.WriteAllText(_folder.File("key.pem"), pair.Key);
    }
}
