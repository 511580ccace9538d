using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RepoPulse.UnitTests.Hosting.Tls;

/// <summary>Certificates for 127.0.0.1 that tests make for themselves.</summary>
internal static class TestCertificate
{
    /// <summary>A certificate and its key in PEM form.</summary>
    /// <param name="issuer">What it is signed with, in place of itself; its PEM follows in the file.</param>
    public static (string Certificate, string Key) Make(string name, bool rsa = false, (X509Certificate2 Pair, string Pem)? issuer = null)
    {
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var (from, until) = Validity();
        using var certificate = issuer is { } signer
            ? request.Create(signer.Pair, from, until, Guid.NewGuid().ToByteArray())
            : request.CreateSelfSigned(from, until);
        return (certificate.ExportCertificatePem() + "\n" + issuer?.Pem, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A root, and one in between that the root signed.</summary>
    public static (X509Certificate2 Root, X509Certificate2 Intermediate) MakeAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, until) = Validity();
        var root = Authority("root", rootKey).CreateSelfSigned(from.AddHours(-1), until.AddHours(1));
        using var signed = Authority("intermediate", key).Create(root, from.AddMinutes(-1), until.AddMinutes(1), [1, 2, 3]);
        return (root, signed.CopyWithPrivateKey(key));
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request;
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key) => key is RSA rsa
        ? new($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);

    private static (DateTimeOffset From, DateTimeOffset Until) Validity()
    {
        var now = TimeProvider.System.GetUtcNow();
        return (now.AddDays(-1), now.AddDays(1));
    }
}
