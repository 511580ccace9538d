using RepoPulse.UnitTests.Hosting.Tls;

namespace RepoPulse.UnitTests.Configuration;

public sealed class TlsTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Theory]
    [InlineData("Api:Urls")]
    [InlineData("Collector:Urls")]
    [InlineData("Aggregator:Urls")]
    [InlineData("Archiver:Urls")]
    public void An_https_address_without_a_certificate_is_an_error(string key)
    {
        var fault = _fixture.Fault($"--{key}=http://localhost:1,HTTPS://localhost:2");

        Assert.Equal((key, "HTTPS://localhost:2"), (fault.Key, fault.Value));
        Assert.Contains("Tls:CertificateFile and Tls:KeyFile", fault.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tls:CertificateFile", "Tls:KeyFile")]
    [InlineData("Tls:KeyFile", "Tls:CertificateFile")]
    public void One_file_is_missing_without_the_other(string given, string missing)
    {
        var fault = _fixture.Fault($"--{given}=file.pem", "--Api:Urls=https://localhost");

        Assert.Equal((missing, $"is missing: it goes together with {given}"), (fault.Key, fault.Problem));
    }

    [Fact]
    public void A_pair_is_found_beside_the_working_folder()
    {
        Write(TestCertificate.Make("a"));

        var tls = _fixture.Settings("--Api:Urls=https://localhost", "--Tls:CertificateFile=cert.pem", "--Tls:KeyFile=key.pem").Server.Tls!;
        Assert.Equal(Path.Combine(_fixture.Folder, "cert.pem"), tls.CertificateFile);
        Assert.Equal(Path.Combine(_fixture.Folder, "key.pem"), tls.KeyFile);
    }

    [Theory]
    [InlineData(null, "key", "Tls:CertificateFile", "does not exist")]
    [InlineData("certificate", null, "Tls:KeyFile", "does not exist")]
    [InlineData("text", "key", "Tls:CertificateFile", "holds no certificate in PEM form")]
    [InlineData("broken", "key", "Tls:CertificateFile", "holds a certificate that cannot be read")]
    [InlineData("certificate", "text", "Tls:KeyFile", "holds no private key in PEM form")]
    [InlineData("certificate", "locked", "Tls:KeyFile", "holds a private key with a password")]
    [InlineData(
        "certificate", "other", "Tls:KeyFile", "holds another private key than that of the first certificate in Tls:CertificateFile")]
    [InlineData("certificate", "rsa", "Tls:KeyFile", "holds another private key than that of the first certificate in Tls:CertificateFile")]
    public void Files_that_cannot_be_used_are_errors_that_name_the_file_and_quote_nothing(
        string? certificate, string? key, string faulty, string problem)
    {
        var (pem, secret) = TestCertificate.Make("a");
        Write((Content(certificate, pem, secret), Content(key, pem, secret)));

        var fault = _fixture.Fault("--Tls:CertificateFile=cert.pem", "--Tls:KeyFile=key.pem");

        Assert.Equal((faulty, problem), (fault.Key, fault.Problem));
        Assert.DoesNotContain(secret.Split('\n')[1], fault.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();

    private static string? Content(string? kind, string certificate, string key) => kind switch
    {
        null => null,
        "certificate" => certificate,
        "key" => key,
        "other" => TestCertificate.Make("b").Key,
        "rsa" => TestCertificate.Make("c", rsa: true).Key,
        "locked" => "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "broken" => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        _ => "some text",
    };

    private void Write((string? Certificate, string? Key) pair)
    {
        if (pair.Certificate is not null)
            _fixture.WithFile(pair.Certificate, "cert.pem");
        if (pair.Key is not null)
            _fixture.WithFile(pair.Key, "key.pem");
    }
}
