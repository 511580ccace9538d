using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RepoPulse.Commands;
using RepoPulse.Configuration;

namespace RepoPulse.Hosting;

/// <summary>
/// The certificate that new connections are served with, replaced when its files change. A pair that cannot be used replaces nothing.
/// </summary>
internal sealed partial class ServerCertificates : IDisposable
{
    /// <summary>Far more than the 10 s that a handshake may take: none that began with the old certificate is left.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly TlsSettings _files;
    private readonly TimeProvider _time;
    private readonly ILogger<ServerCertificates> _logger;
    private readonly List<(ServerCertificate Certificate, long ReplacedAt)> _replaced = [];
    private volatile ServerCertificate _current;
    private string _seen;
    private bool _isPending;

    /// <exception cref="CommandFailedException">The files cannot be used.</exception>
    public ServerCertificates(TlsSettings files, TimeProvider time, ILogger<ServerCertificates> logger)
    {
        (_files, _time, _logger) = (files, time, logger);
        var reading = CertificateReading.Read(files);
        _current = reading.Certificate ?? throw new CommandFailedException($"{reading.Error!.Key} {reading.Error.Problem}.");
        _seen = reading.Fingerprint;
    }

    public ServerCertificate Current => _current;

    /// <summary>Looks at the files once. Not to be called at two places at a time.</summary>
    public void Look()
    {
        DisposeReplaced();
        var reading = CertificateReading.Read(_files, known: _isPending ? null : _seen);
        if (reading.Certificate is { } certificate)
        {
            // First the new one for those who come now, then the old one's end: a handshake that has it already goes on.
            _replaced.Add((_current, _time.GetTimestamp()));
            _current = certificate;
            var (subject, until) = (certificate.Pair.Subject, certificate.Pair.NotAfter.ToUniversalTime());
            LogReplaced(subject, until);
            _isPending = false;
        }
        else if (reading.Error is { } error)
        {
            // Two files do not change at one moment: what does not fit now may be half of a change. If it is the same at the next look, it
            // is not.
            var isSecondLook = _isPending && reading.Fingerprint == _seen;
            if (isSecondLook)
                LogKept(error.Key, error.Problem);
            _isPending = !isSecondLook;
        }

        _seen = reading.Fingerprint;
    }

    public void Dispose()
    {
        _current.Dispose();
        foreach (var (certificate, _) in _replaced)
            certificate.Dispose();
    }

    private void DisposeReplaced() => _replaced.RemoveAll(replaced =>
    {
        var isOver = _time.GetElapsedTime(replaced.ReplacedAt) >= Grace;
        if (isOver)
            replaced.Certificate.Dispose();
        return isOver;
    });

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "The certificate was replaced: {Subject}, valid until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogReplaced(string subject, DateTime until);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "The certificate's files changed and cannot be used, so that the old certificate stays in use: {Key} {Problem}")]
    private partial void LogKept(string key, string problem);
}

/// <summary>A certificate with its private key, and those that it is signed with.</summary>
internal sealed class ServerCertificate(X509Certificate2 pair, IReadOnlyList<X509Certificate2> issuers) : IDisposable
{
    public X509Certificate2 Pair => pair;

    /// <summary>What a handshake is done with: the issuers are sent along. Nothing is asked of any network.</summary>
    public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(pair, [.. issuers], offline: true);

    public void Dispose()
    {
        pair.Dispose();
        foreach (var issuer in issuers)
            issuer.Dispose();
    }
}

/// <summary>
/// Looks at the certificate's files every few seconds. Notifications of the file system would cost less, and do not come for network drives
/// and the links that Kubernetes swaps.
/// </summary>
internal sealed class CertificateFollower(ServerCertificates certificates, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            certificates.Look();
    }
}
