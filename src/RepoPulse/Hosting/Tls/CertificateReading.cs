using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RepoPulse.Configuration;

namespace RepoPulse.Hosting;

/// <summary>What the two files hold at a moment: a certificate with its private key, or why there is none.</summary>
internal sealed record CertificateReading
{
    /// <summary>To be disposed of by the caller.</summary>
    public ServerCertificate? Certificate { get; private init; }

    public Failure? Error { get; private init; }

    /// <summary>A hash of both files, or of what is wrong where one cannot be read: equal for readings that saw the same.</summary>
    public required string Fingerprint { get; init; }

    /// <param name="known">The fingerprint of what need not be parsed again; the reading has neither a certificate nor an error
    /// then.</param>
    public static CertificateReading Read(TlsSettings files, string? known = null)
    {
        var certificate = ReadFile(files.CertificateFile, ServerSchema.CertificateFile.Key, out var error);
        var key = error is null ? ReadFile(files.KeyFile, ServerSchema.KeyFile.Key, out error) : null;
        var content = error is null ? $"{certificate}\0{key}" : $"{error.Key} {error.Problem}";
        var fingerprint = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        if (fingerprint == known)
            return new() { Fingerprint = fingerprint };
        if (error is not null)
            return new() { Fingerprint = fingerprint, Error = error };
        var parsed = Parse(certificate!, key!, out error);
        return new() { Fingerprint = fingerprint, Certificate = parsed, Error = error };
    }

    private static string? ReadFile(string path, string key, out Failure? error)
    {
        try
        {
            error = null;
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            error = new(key, "does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            error = new(key, "cannot be read: it is a folder, or access is denied");
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // The exception's own words name the path, and a key may be given in its place.
            error = new(key, "cannot be read");
        }

        return null;
    }

    private static ServerCertificate? Parse(string certificate, string key, out Failure? error)
    {
        error = null;
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificate);
        }
        catch (CryptographicException)
        {
            error = new(ServerSchema.CertificateFile.Key, "holds a certificate that cannot be read");
            return null;
        }

        using var first = chain.FirstOrDefault();
        if (first is null)
            error = new(ServerSchema.CertificateFile.Key, "holds no certificate in PEM form");
        else if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
            error = new(ServerSchema.KeyFile.Key, "holds a private key with a password");
        else if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            error = new(ServerSchema.KeyFile.Key, "holds no private key in PEM form");
        else if (TryPair(certificate, key) is { } pair)
            return new ServerCertificate(pair, [.. chain.Skip(1)]);
        else
            error = new(
                ServerSchema.KeyFile.Key,
                $"holds another private key than that of the first certificate in {ServerSchema.CertificateFile.Key}");
        foreach (var issuer in chain.Skip(1))
            issuer.Dispose();
        return null;
    }

    private static X509Certificate2? TryPair(string certificate, string key)
    {
        try
        {
            var pair = X509Certificate2.CreateFromPem(certificate, key);
            if (!OperatingSystem.IsWindows())
                return pair;
            // Windows serves no key that is in memory alone.
            using (pair)
                return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with one of the files.</summary>
    /// <param name="Key">The setting that names the file.</param>
    /// <param name="Problem">To be read after the file's path. It quotes nothing of what is in the file.</param>
    internal sealed record Failure(string Key, string Problem);
}
