using RepoPulse.Collector.Webhooks;

namespace RepoPulse.UnitTests.Collector.Webhooks;

public sealed class WebhookSignatureTests
{
    /// <summary>From https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries.</summary>
    [Fact]
    public void GitHubs_published_example_matches()
    {
        Assert.True(WebhookSignature.TryRead("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", out var signature));
        var secret = new WebhookSignature("It's a Secret to Everybody");
        Assert.True(Matches(secret, signature, "Hello, World!"u8));
        Assert.False(Matches(secret, signature, "Hello, World?"u8));
        Assert.False(Matches(new WebhookSignature("it's a Secret to Everybody"), signature, "Hello, World!"u8));
    }

    [Fact]
    public void The_secret_may_be_of_any_characters()
    {
        var secret = new WebhookSignature("Geheimnis für alle 🐢");
        Assert.True(WebhookSignature.TryRead("sha256=" + Convert.ToHexString(
            System.Security.Cryptography.HMACSHA256.HashData("Geheimnis für alle 🐢"u8, "x"u8)), out var signature));
        Assert.True(Matches(secret, signature, "x"u8));
    }

    [Fact]
    public void A_header_given_twice_is_none() =>
        Assert.False(WebhookSignature.TryRead(new(["sha256=" + new string('a', 64), "sha256=" + new string('b', 64)]), out _));

    private static bool Matches(WebhookSignature secret, byte[] signature, ReadOnlySpan<byte> body)
    {
        using var hash = secret.Begin();
        foreach (var b in body)
            hash.AppendData([b]);
        return WebhookSignature.Matches(signature, hash);
    }
}
