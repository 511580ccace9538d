using System.Security.Cryptography;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.App;

public sealed class AppPrivateKeyTests
{
    [Fact]
    public void Both_forms_of_an_RSA_key_are_read()
    {
        foreach (var pem in new[] { SomeApp.Pkcs1, SomeApp.Pkcs8, $"\n# a note above\n{SomeApp.Pkcs1}\n" })
        {
            var key = AppPrivateKey.TryRead(pem, out var problem);

            Assert.Null(problem);
            Assert.True(SomeApp.Verifies("to sign"u8, key!.Sign("to sign"u8)));
        }
    }

    [Fact]
    public void Anything_else_is_distinguished()
    {
        using var rsa = RSA.Create(2048);
        using var elliptic = ECDsa.Create();
        var encrypted = rsa.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1));

        Assert.Equal("is encrypted, and there is no way to give its password", ProblemOf(encrypted));
        foreach (var pem in new[]
        {
            SomeApp.PublicKey,
            elliptic.ExportECPrivateKeyPem(),
            elliptic.ExportPkcs8PrivateKeyPem(),
            "",
            "no key",
            SomeApp.Pkcs1[..400]
        })
            Assert.Equal("holds no RSA private key in PEM form", ProblemOf(pem));
    }

    private static string? ProblemOf(string pem)
    {
        Assert.Null(AppPrivateKey.TryRead(pem, out var problem));
        return problem;
    }
}
