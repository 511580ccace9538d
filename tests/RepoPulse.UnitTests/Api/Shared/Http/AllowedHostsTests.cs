using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.Http;

public sealed class AllowedHostsTests
{
    public static TheoryData<string> Paths =>
        ["/", "/api/v1/statistics", "/health/live", "/docs", "/openapi/v1.json", "/webhooks/github", "/nothing"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Another_name_is_refused_whatever_is_asked(string path)
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { AllowedHosts = ["localhost"] });
        var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, path, ("Host", "evil.example"));

        Assert.Contains("Api:AllowedHosts", problem.GetProperty("detail").GetString());
        using var own = await server.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.BadRequest, own.StatusCode);
    }

    [Theory]
    [InlineData("localhost", "localhost", true)]
    [InlineData("localhost", "LocalHost:8080", true)]
    [InlineData("localhost", "localhost.evil.example", false)]
    [InlineData("localhost", "evil.example", false)]
    [InlineData("127.0.0.1", "127.0.0.1:8080", true)]
    [InlineData("127.0.0.1", "127.0.0.1.evil.example", false)]
    [InlineData("[::1]", "[::1]:8080", true)]
    [InlineData("[::1]", "[::2]", false)]
    [InlineData("*.example.org", "pulse.example.org", true)]
    [InlineData("*.example.org", "a.b.example.org:443", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "evilexample.org", false)]
    [InlineData("*.example.org", "evil.example", false)]
    [InlineData("*", "evil.example", true)]
    [InlineData("localhost", "localhost:port", false)]
    [InlineData("localhost", "|yq.E'Khdn,3(':M", false)]
    public async Task A_name_is_allowed_by_a_pattern(string pattern, string host, bool isAllowed)
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { AllowedHosts = ["other.example", pattern] });
        using var response = await server.GetAsync("/health/live", ("Host", host));

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_counted()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { AllowedHosts = ["localhost"] });
        using var counted = new MetricCollector<long>(
            server.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
            "RepoPulse.Api",
            "repopulse.api.requests.wrong_host");
        using var response = await server.GetAsync("/", ("Host", "evil.example"));

        Assert.Equal(1, Assert.Single(counted.GetMeasurementSnapshot()).Value);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "localhost 127.0.0.1 [::1]")]
    [InlineData("http://localhost:8080 http://[::1]:8080", "localhost 127.0.0.1 [::1]")]
    [InlineData("https://127.0.0.2:8080", "localhost 127.0.0.1 [::1] 127.0.0.2")]
    [InlineData("http://127.0.0.1:8080 http://unix:/run/repopulse.sock", "localhost 127.0.0.1 [::1]")]
    [InlineData("http://unix:/run/repopulse.sock", "*")]
    [InlineData("http://*:8080", "*")]
    [InlineData("http://0.0.0.0:8080", "*")]
    [InlineData("http://localhost.example:8080", "*")]
    [InlineData("http://127.0.0.1:8080 http://10.0.0.1:8080", "*")]
    public void By_default_the_loopback_names_are_allowed_where_nothing_else_is_listened_at(string urls, string allowed) =>
        Assert.Equal(allowed.Split(' '), AllowedHosts.DefaultFor(urls.Split(' ')));

    [Theory]
    [InlineData("*", true)]
    [InlineData("*.example.org", true)]
    [InlineData("example.org", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("[2001:db8::1]", true)]
    [InlineData("", false)]
    [InlineData("*.", false)]
    [InlineData("*.*", false)]
    [InlineData("*example.org", false)]
    [InlineData("pulse.*", false)]
    [InlineData("*.10.0.0.1", false)]
    [InlineData("example.org:8080", false)]
    [InlineData("http://example.org", false)]
    [InlineData("example.org/", false)]
    [InlineData("example.org.", false)]
    [InlineData("::1", false)]
    [InlineData("[::1]:80", false)]
    [InlineData("[127.0.0.1]", false)]
    [InlineData("[]", false)]
    [InlineData("[", false)]
    [InlineData("m\u00fcnchen.example", false)]
    public void A_pattern_is_a_name_or_a_wildcard_before_one(string text, bool isPattern)
    {
        Assert.Equal(isPattern, AllowedHosts.IsPattern(text));
        Assert.Equal(isPattern ? 0 : 1, new ApiOptions { AllowedHosts = [text] }.FindErrors().Count);
    }
}
