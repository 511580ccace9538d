using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class AppTests : IDisposable
{
    private readonly DirectGitHub _github = new();
    private readonly RSA _key = RSA.Create(2048);

    public AppTests()
    {
        _github.World.Accounts.Apps.Add(42, _key.ExportSubjectPublicKeyInfoPem());
        _github.World.Accounts.Apps.Install(42, 7, limit: 12_500);
    }

    public void Dispose()
    {
        _github.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task An_installation_gets_a_token_that_is_good_for_an_hour_and_has_a_limit_of_its_own()
    {
        using var created = await PostAsync(7, Sign());
        var answer = await SimulatedGitHub.ReadJsonAsync(created);
        var token = answer.GetProperty("token").GetString()!;
        using var asked = await _github.GetAsync("events", token);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.StartsWith("ghs_", token, StringComparison.Ordinal);
        Assert.Equal(DirectGitHub.Start.AddHours(1), answer.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal("12500", SimulatedGitHub.Header(asked, "X-RateLimit-Limit"));
        Assert.Equal("1", SimulatedGitHub.Header(asked, "X-RateLimit-Used"));
        Assert.Equal(HttpStatusCode.Forbidden, await _github.GetStatusAsync("user", token));
        _github.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.OK, await _github.GetStatusAsync("events", token));
        _github.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await _github.GetStatusAsync("events", token));
    }

    [Fact]
    public async Task Tokens_of_one_installation_share_its_limit_and_304_is_free()
    {
        var (one, two) = (await TokenAsync(), await TokenAsync());
        using var first = await _github.GetAsync("events", one);
        using var same = await _github.GetAsync("events", one, SimulatedGitHub.Header(first, "ETag"));
        using var other = await _github.GetAsync("events", two, SimulatedGitHub.Header(first, "ETag"));

        Assert.NotEqual(one, two);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal("2", SimulatedGitHub.Header(other, "X-RateLimit-Used"));
    }

    [Theory]
    [InlineData("other key")]
    [InlineData("other algorithm")]
    [InlineData("other app")]
    [InlineData("expired")]
    [InlineData("issued in the future")]
    [InlineData("valid too long")]
    [InlineData("no token")]
    [InlineData("nothing")]
    public async Task A_wrong_signature_is_401(string wrong)
    {
        using var otherKey = RSA.Create(2048);
        var assertion = wrong switch
        {
            "other key" => Sign(key: otherKey),
            "other algorithm" => Sign(algorithm: "HS256"),
            "other app" => Sign(app: 43),
            "expired" => Sign(issued: -600, expires: 0),
            "issued in the future" => Sign(issued: 90),
            "valid too long" => Sign(expires: 800),
            "no token" => "a.b",
            _ => null,
        };

        using var response = await PostAsync(7, assertion);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_installation_of_another_app_or_of_none_is_404()
    {
        using var response = await PostAsync(8, Sign());

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_same_app_asks_over_a_socket_as_well()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.Apps.Add(42, _key.ExportSubjectPublicKeyInfoPem());
        github.World.Accounts.Apps.Install(42, 7);
        using var request = Request(7, Sign());

        using var response = await github.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private async Task<string> TokenAsync()
    {
        using var response = await PostAsync(7, Sign());
        return (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("token").GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync(long installation, string? assertion)
    {
        using var request = Request(installation, assertion);
        return await _github.Client.SendAsync(request);
    }

    private static HttpRequestMessage Request(long installation, string? assertion)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"app/installations/{installation}/access_tokens");
        if (assertion is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {assertion}");
        return request;
    }

    private string Sign(long app = 42, int issued = -60, int expires = 540, string algorithm = "RS256", RSA? key = null)
    {
        var now = DirectGitHub.Start.ToUnixTimeSeconds();
        var signed = $"{Encode(new { alg = algorithm, typ = "JWT" })}.{Encode(new { iss = app, iat = now + issued, exp = now + expires })}";
        var signature = (key ?? _key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";

        static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
    }
}
