using System.Security.Cryptography;

namespace RepoPulse.GitHub;

/// <summary>The private key of a GitHub App, as GitHub gives it out: RSA, in PEM form (PKCS#1; PKCS#8 is read too).</summary>
public sealed class AppPrivateKey
{
    private readonly string _pem;

    private AppPrivateKey(string pem) => _pem = pem;

    /// <summary>
    /// Reads a key; null where the text holds none, and what is wrong with it, to be read after a name: <c>is encrypted</c>.
    /// </summary>
    public static AppPrivateKey? TryRead(string pem, out string? problem)
    {
        problem = "holds no RSA private key in PEM form";
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            problem = "is encrypted, and there is no way to give its password";
            return null;
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            if (rsa.ExportParameters(includePrivateParameters: true).D is null)
                return null;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return null;
        }

        problem = null;
        return new AppPrivateKey(pem);
    }

    /// <summary>RS256 (RFC 7518): RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(_pem);
        return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
