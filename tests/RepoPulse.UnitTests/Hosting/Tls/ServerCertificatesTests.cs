using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.UnitTests.Hosting.Tls;

public sealed class ServerCertificatesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("repopulse-tls-");
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<ServerCertificates> _logger = new();

    private TlsSettings Files => new(Path.Combine(_folder.FullName, "cert.pem"), Path.Combine(_folder.FullName, "key.pem"));

    private IEnumerable<LogLevel> Logged => _logger.Collector.GetSnapshot().Select(record => record.Level);

    [Fact]
    public void A_new_pair_takes_the_place_of_the_old_one_and_the_old_one_outlives_the_handshakes_that_have_it()
    {
        Write(TestCertificate.Make("first"));
        using var certificates = Open();
        var first = certificates.Current;
        certificates.Look();
        Assert.Same(first, certificates.Current);

        Write(TestCertificate.Make("second", rsa: true));
        certificates.Look();
        Assert.Equal("CN=second", certificates.Current.Pair.Subject);
        Assert.Equal([LogLevel.Information], Logged);

        _time.Advance(TimeSpan.FromSeconds(59));
        certificates.Look();
        Assert.Equal("CN=first", first.Pair.Subject);
        _time.Advance(TimeSpan.FromSeconds(1));
        certificates.Look();
        Assert.Equal(nint.Zero, first.Pair.Handle);
        Assert.Equal("CN=second", certificates.Current.Pair.Subject);
    }

    [Fact]
    public void A_broken_pair_replaces_nothing_and_is_logged_once()
    {
        Write(TestCertificate.Make("first"));
        using var certificates = Open();
        File.WriteAllText(Files.KeyFile, TestCertificate.Make("other").Key);
        for (var i = 0; i < 5; i++)
            certificates.Look();

        Assert.Equal("CN=first", certificates.Current.Pair.Subject);
        Assert.Equal([LogLevel.Warning], Logged);
        Assert.Contains("Tls:KeyFile", _logger.LatestRecord.Message, StringComparison.Ordinal);

        File.Delete(Files.CertificateFile);
        certificates.Look();
        certificates.Look();
        Assert.Equal([LogLevel.Warning, LogLevel.Warning], Logged);
        Assert.Contains("Tls:CertificateFile does not exist", _logger.LatestRecord.Message, StringComparison.Ordinal);

        Write(TestCertificate.Make("second"));
        certificates.Look();
        Assert.Equal("CN=second", certificates.Current.Pair.Subject);
    }

    [Fact]
    public void Half_of_a_change_is_no_cause_for_a_warning()
    {
        Write(TestCertificate.Make("first"));
        using var certificates = Open();
        var (certificate, key) = TestCertificate.Make("second");
        File.WriteAllText(Files.CertificateFile, certificate);
        certificates.Look();
        File.WriteAllText(Files.KeyFile, key);
        certificates.Look();

        Assert.Equal("CN=second", certificates.Current.Pair.Subject);
        Assert.Equal([LogLevel.Information], Logged);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ServerCertificates Open() => new(Files, _time, _logger);

    private void Write((string Certificate, string Key) pair)
    {
        File.WriteAllText(Files.CertificateFile, pair.Certificate);
        File.WriteAllText(Files.KeyFile, pair.Key);
    }
}
