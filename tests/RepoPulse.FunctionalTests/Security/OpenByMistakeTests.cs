using System.Net;
using System.Text.Json;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Security;

/// <summary>What must not be open because somebody forgot something.</summary>
public sealed class OpenByMistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("serve")]
    [InlineData("check")]
    public async Task An_unset_variable_does_not_open_the_API(string command)
    {
        await using var service = RepoPulseProcess.StartWith(
            [("REPOPULSE__Api__Keys", "")], [command, _folder.Database, "--Api:Urls=http://127.0.0.1:0"]);
        var (exit, _, errors) = await service.EndAsync();

        Assert.Equal(2, exit);
        Assert.Contains("Api:Keys", errors, StringComparison.Ordinal);
        Assert.Contains("[] for none", errors, StringComparison.Ordinal);
        Assert.Contains("REPOPULSE__Api__Keys", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("serve")]
    public async Task Another_name_than_those_of_loopback_is_refused_by_default(string role)
    {
        await using var service = RepoPulseProcess.Start(
            role,
            _folder.Database,
            "--Api:Urls=http://127.0.0.1:0",
            "--Webhooks:Secret=a secret that is long",
            "--GitHub:ApiUrl=http://127.0.0.1:9");
        var address = await service.ListeningAsync();
        using var http = new HttpClient();
        foreach (var path in new[] { "", "api/v1/statistics", "docs", "openapi/v1.json", "health/live", "metrics", "webhooks/github" })
        {
            var method = path.StartsWith("webhooks", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
            using var rebound = await SendAsync(http, method, address, path, "evil.example");
            Assert.True(rebound.StatusCode == HttpStatusCode.BadRequest, $"{path}: {rebound.StatusCode}");
            Assert.Equal("application/problem+json", rebound.Content.Headers.ContentType?.MediaType);
            Assert.Contains(
                "Api:AllowedHosts",
                await rebound.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
            using var own = await SendAsync(http, method, address, path, $"localhost:{address.Port}");
            Assert.NotEqual(HttpStatusCode.BadRequest, own.StatusCode);
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("collect")]
    public async Task Webhooks_that_are_switched_off_are_answered_404_that_says_so(string role)
    {
        await using var service = RepoPulseProcess.Start(
            role,
            _folder.Database,
            "--Api:Urls=http://127.0.0.1:0",
            "--Collector:Urls=http://127.0.0.1:0",
            "--GitHub:ApiUrl=http://127.0.0.1:9");
        using var http = new HttpClient();
        using var response = await http.PostAsync(
            new Uri(await service.ListeningAsync(), "webhooks/github"), new ByteArrayContent([1]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Webhooks:Secret", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_key_and_a_short_secret_are_warned_of_and_not_shown()
    {
        string[] settings =
        [
            "--Api:Keys=hidden1,a-key-that-is-long-enough",
            "--Webhooks:Secret=hidden2",
            "--Api:Urls=http://127.0.0.1:0",
            "--GitHub:ApiUrl=http://127.0.0.1:9",
            _folder.Database
        ];
        var (_, output, errors) = await RepoPulseProcess.RunAsync(["check", .. settings]);
        AssertWarned(errors);
        Assert.DoesNotContain("hidden", output, StringComparison.Ordinal);

        await using var service = RepoPulseProcess.Start(["run", .. settings]);
        await service.ListeningAsync();
        AssertWarned(service.Errors);

        static void AssertWarned(string errors)
        {
            Assert.Contains("Api:Keys: 1 of 2 keys", errors, StringComparison.Ordinal);
            Assert.Contains("Webhooks:Secret:", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", errors, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, Uri address, string path, string host)
    {
        var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Headers.Host = host;
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
