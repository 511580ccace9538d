using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Api;
using RepoPulse.Api.Health;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class ServerTests
{
    private static readonly string[] DataPaths =
    [
        "/api/v1/repositories", "/api/v1/repositories/octo/pulse", "/api/v1/repositories/octo/pulse/statistics",
        "/api/v1/repositories/octo/pulse/events",
        "/api/v1/repositories/octo/pulse/activity", "/api/v1/repositories/octo/pulse/coverage", "/api/v1/statistics",
    ];

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v2/statistics")]
    [InlineData("/api/v1/repositories/octo")]
    [InlineData("/api/v1/repositories/octo/pulse/nothing")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/health")]
    public async Task An_unknown_path_is_a_problem_of_404(string path)
    {
        await using var server = await ApiServer.StartAsync();

        await server.GetProblemAsync(HttpStatusCode.NotFound, path);
    }

    [Theory]
    [InlineData("/api/v1/repositories")]
    [InlineData("/api/v1/repositories/octo/pulse/statistics")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task A_wrong_method_is_a_problem_of_405_that_names_the_right_ones(string path)
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options })
        {
            using var response = await server.SendAsync(method, path);
            await ApiServer.ReadProblemAsync(HttpStatusCode.MethodNotAllowed, response);
            Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order());
        }
    }

    [Fact]
    public async Task Until_the_events_held_are_folded_nothing_is_answered_from_them()
    {
        await using var server = await ApiServer.StartAsync(ready: false);
        await server.Catalog.WaitUntilFollowedAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));

        foreach (var path in DataPaths)
        {
            using var response = await server.GetAsync(path);
            await ApiServer.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, response);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        server.Aggregator.SetCaughtUp();
        foreach (var path in DataPaths)
            await server.GetTextAsync(path);
    }

    [Fact]
    public async Task Health_reports_what_is_missing_and_then_that_nothing_is()
    {
        var catalog = new FakeCatalog();
        catalog.Failures.Enqueue(new StorageException("The database is not there yet.", isTransient: true));
        await using var server = await ApiServer.StartAsync(ready: false, catalog: catalog);
        await server.CatalogIsLostAsync();

        var down = await ReadyAsync(server, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HealthCondition.Unhealthy, down.Status);
        Assert.Equal(["aggregator", "catalog"], down.Checks.Select(check => check.Name));
        Assert.Equal(
            "The catalog of repositories cannot be read, and has not been yet. This server's log says why.", down.Checks[1].Detail);
        Assert.Equal("""{"status":"healthy"}""", await server.GetTextAsync("/health/live"));

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.Catalog.WaitUntilFollowedAsync();
        Assert.Equal(HealthCondition.Unhealthy, (await ReadyAsync(server, HttpStatusCode.ServiceUnavailable)).Checks[0].Status);

        server.Aggregator.SetCaughtUp();
        Assert.Equal(HealthCondition.Healthy, (await ReadyAsync(server, HttpStatusCode.OK)).Status);

        server.LoseLog(since: Some.Now.AddSeconds(-7));
        Assert.Equal(
            "The event log cannot be read; the statistics served are those of 2026-11-23T06:59:53Z. This server's log says why.",
            (await ReadyAsync(server, HttpStatusCode.ServiceUnavailable)).Checks[0].Detail);
    }

    [Fact]
    public async Task Another_module_adds_its_own_health_check()
    {
        await using var server = await ApiServer.StartAsync(
            services: services => services.AddHealthChecks().AddCheck("broker", () => HealthCheckResult.Degraded("slow")));

        var report = await ReadyAsync(server, HttpStatusCode.OK);

        Assert.Equal(HealthCondition.Degraded, report.Status);
        Assert.Contains(report.Checks, check => check is { Name: "broker", Status: HealthCondition.Degraded, Detail: "slow" });
    }

    [Fact]
    public async Task Where_there_are_keys_only_they_open_the_api()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { Keys = ["first-key", "second-key"] });
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        string[] paths = [.. DataPaths, "/api/v1/nothing", "/API/V1/statistics", "/api/v1/repositories/octo/none"];

        foreach (var path in paths)
        {
            foreach (var header in new[]
            {
                null,
                "Bearer",
                "Bearer ",
                "Bearer first-ke",
                "Bearer first-key2",
                "Basic first-key",
                "first-key",
                "Bearer FIRST-KEY"
            })
            {
                using var response = await server.GetAsync(path, header is null ? [] : [("Authorization", header)]);
                await ApiServer.ReadProblemAsync(HttpStatusCode.Unauthorized, response);
                Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
            }
        }

        foreach (var path in DataPaths)
        {
            using var first = await server.GetAsync(path, ("Authorization", "Bearer first-key"));
            using var second = await server.GetAsync(path, ("Authorization", "bearer second-key"));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, second.StatusCode]);
        }

        await server.GetTextAsync("/health/live");
        await server.GetTextAsync("/health/ready");
        await server.GetTextAsync("/openapi/v1.json");
    }

    [Theory]
    [InlineData("badge.svg")]
    [InlineData("badge.json")]
    public async Task Badges_of_what_is_shown_are_open_while_that_is_wanted(string badge)
    {
        foreach (var open in new[] { true, false })
        {
            await using var server = await ApiServer.StartAsync(
                new ApiOptions { Keys = ["key"], PublicBadges = open, Repositories = ["octo/*"] });
            await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse", "octo/older"), Some.Repository(2, "secret/one"));
            foreach (var (name, status) in new[]
            {
                ("octo/pulse", HttpStatusCode.OK), ("octo/older", HttpStatusCode.PermanentRedirect),
                ("secret/one", HttpStatusCode.NotFound), ("octo/none", HttpStatusCode.NotFound),
            })
            {
                var path = $"/api/v1/repositories/{name}/{badge}";
                using var keyless = await server.GetAsync(path);
                Assert.Equal(open ? status : HttpStatusCode.Unauthorized, keyless.StatusCode);
                using var keyed = await server.GetAsync(path, ("Authorization", "Bearer key"));
                Assert.Equal(status, keyed.StatusCode);
            }

            await server.GetProblemAsync(HttpStatusCode.Unauthorized, "/api/v1/repositories/octo/pulse");
        }
    }

    [Fact]
    public async Task An_allowed_origin_may_read_with_a_key_and_another_may_not()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { AllowedOrigins = ["https://example.com"], Keys = ["key"] });

        using var preflight = await server.SendAsync(HttpMethod.Options, "/api/v1/statistics",
            ("Origin", "https://example.com"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization,if-none-match"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("https://example.com", Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Contains("authorization", Header(preflight, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);

        using var allowed = await server.GetAsync("/api/v1/statistics", ("Origin", "https://example.com"), ("Authorization", "Bearer key"));
        Assert.Equal("https://example.com", Header(allowed, "Access-Control-Allow-Origin"));
        Assert.Contains("ETag", Header(allowed, "Access-Control-Expose-Headers"));

        using var refused = await server.GetAsync("/api/v1/statistics", ("Origin", "https://example.com"));
        Assert.Equal("https://example.com", Header(refused, "Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var other = await server.GetAsync("/api/v1/statistics", ("Origin", "https://evil.example"), ("Authorization", "Bearer key"));
        Assert.Null(Header(other, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_allowed_origins_no_page_of_another_origin_may_read()
    {
        await using var server = await ApiServer.StartAsync();

        using var response = await server.GetAsync("/api/v1/statistics", ("Origin", "https://example.com"));

        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public void Options_name_every_fault_and_never_a_key()
    {
        var options = new ApiOptions
        {
            Repositories = ["*", "octo", "!*", "octo/*/x"],
            Keys = ["good", "", "with space"],
            AllowedOrigins = ["https://example.com", "https://example.com/", "example.com", "*"],
            RequestsPerMinute = 0,
            TrustedProxies = ["10.0.0.0/8", "proxy.example.com"],
        };

        var faults = options.FindErrors();

        Assert.Equal(
            ["Api:Repositories:1", "Api:Repositories:2", "Api:Repositories:3", "Api:Keys:1", "Api:Keys:2", "Api:AllowedOrigins:1", "Api:AllowedOrigins:2",
             "Api:RequestsPerMinute", "Api:TrustedProxies:1"],
            faults.Select(fault => fault.Split(' ')[0]));
        Assert.DoesNotContain(faults, fault => fault.Contains("with space"));
        Assert.Empty(new ApiOptions().FindErrors());
        Assert.Throws<FormatException>(() => new ServiceCollection().AddApi(options));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static async Task<ReadinessReport> ReadyAsync(ApiServer server, HttpStatusCode status)
    {
        using var response = await server.GetAsync("/health/ready");
        Assert.Equal(status, response.StatusCode);
        return JsonSerializer.Deserialize(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), ContractsJsonContext.Default.ReadinessReport)!;
    }
}
