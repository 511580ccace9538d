using System.Security.Cryptography;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.App;

/// <summary>A GitHub App whose key is made again in every run.</summary>
internal static class SomeApp
{
    private static readonly RSA Key = RSA.Create(2048);

    public static string Pkcs1 { get; } = Key.ExportRSAPrivateKeyPem();

    public static string Pkcs8 { get; } = Key.ExportPkcs8PrivateKeyPem();

    public static string PublicKey { get; } = Key.ExportSubjectPublicKeyInfoPem();

    public static GitHubAppOptions Options { get; } = new() { Id = "12345", InstallationId = 678, PrivateKey = AppPrivateKey.TryRead(
        Pkcs1, out _)! };

    public static bool Verifies(ReadOnlySpan<byte> data, byte[] signature)
        => Key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
