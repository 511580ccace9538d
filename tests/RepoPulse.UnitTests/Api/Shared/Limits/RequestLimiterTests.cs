using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.Limits;

public sealed class RequestLimiterTests
{
    private const string Path = "/api/v1/repositories";

    [Fact]
    public async Task Every_answer_says_how_the_client_stands_and_one_above_the_limit_is_a_problem()
    {
        using var meters = new MeasuringMeterFactory();
        await using var server = await ApiServer.StartAsync(
            new ApiOptions { RequestsPerMinute = 3 }, services: services => services.AddSingleton<IMeterFactory>(meters));
        foreach (var (path, remaining) in new[] { (Path, 2), ("/api/v1/nothing", 1), (Path + "?limit=0", 0) })
        {
            using var response = await server.GetAsync(path);
            Assert.Equal($"\"minute\";r={remaining};t=60", Header(response, "RateLimit"));
            Assert.Equal("\"minute\";q=3;w=60", Header(response, "RateLimit-Policy"));
            Assert.Null(response.Headers.RetryAfter);
        }

        server.Time.Advance(TimeSpan.FromSeconds(14.5));
        using (var refused = await server.GetAsync(Path))
        {
            var problem = await ApiServer.ReadProblemAsync(HttpStatusCode.TooManyRequests, refused);
            Assert.Equal(
                "3 requests a minute are allowed, and you have made them. Ask again in 46 s.", problem.GetProperty("detail").GetString());
            Assert.Equal("46", Header(refused, "Retry-After"));
            Assert.Equal("\"minute\";r=0;t=46", Header(refused, "RateLimit"));
        }

        Assert.Equal(1, meters.Measured["repopulse.api.requests.limited"]);
        server.Time.Advance(TimeSpan.FromSeconds(46));
        await server.GetTextAsync(Path);
    }

    [Fact]
    public async Task A_key_is_a_client_and_a_request_without_one_is_counted_by_address()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { RequestsPerMinute = 1, Keys = ["one", "other"] });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "Bearer one"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(server, "Bearer one"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "Bearer other"));

        // Keys that are none are no clients of their own: they can be guessed no faster than asked without.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "Bearer guess"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(server, "Bearer another"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(server, null));
    }

    [Fact]
    public async Task Where_there_are_no_keys_none_makes_a_client()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { RequestsPerMinute = 1 });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "Bearer one"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(server, "Bearer other"));
    }

    [Fact]
    public async Task What_is_not_the_api_is_not_limited_and_preflights_are_not_counted()
    {
        await using var server = await ApiServer.StartAsync(
            new ApiOptions { RequestsPerMinute = 1, AllowedOrigins = ["https://example.com"] });

        for (var i = 0; i < 5; i++)
        {
            foreach (var path in new[] { "/health/live", "/health/ready", "/openapi/v1.json" })
            {
                using var response = await server.GetAsync(path);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Null(Header(response, "RateLimit"));
            }

            using var hook = await server.SendAsync(HttpMethod.Post, "/webhooks/github");
            Assert.Equal(HttpStatusCode.NotFound, hook.StatusCode);
            using var preflight = await server.SendAsync(
                HttpMethod.Options, Path, ("Origin", "https://example.com"), ("Access-Control-Request-Method", "GET"));
            Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        }

        await server.GetTextAsync(Path);
        using var refused = await server.GetAsync(Path, ("Origin", "https://example.com"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("https://example.com", Header(refused, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_said_of_one()
    {
        await using var server = await ApiServer.StartAsync();

        using var response = await server.GetAsync(Path);

        Assert.Null(Header(response, "RateLimit"));
        Assert.Null(Header(response, "RateLimit-Policy"));
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed_whom_it_speaks_for_and_nobody_else_is()
    {
        var options = new ApiOptions { RequestsPerMinute = 1, TrustedProxies = ["10.0.0.0/8"] };
        await using var trusting = await ApiServer.StartAsync(
            options, services: services => services.AddSingleton<IStartupFilter>(new ConnectedFrom("10.1.2.3")));
        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(trusting, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(trusting, "192.0.2.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(trusting, "192.0.2.1, 10.9.9.9"));

        // What the client wrote itself, before its proxy added the address that it saw.
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(trusting, "198.51.100.1, 192.0.2.2"));

        await using var other = await ApiServer.StartAsync(
            options, services: services => services.AddSingleton<IStartupFilter>(new ConnectedFrom("192.0.2.99")));
        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(other, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(other, "192.0.2.2"));
    }

    private static async Task<HttpStatusCode> ForwardedAsync(ApiServer server, string forwardedFor)
    {
        using var response = await server.GetAsync(Path, ("X-Forwarded-For", forwardedFor));
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiServer server, string? authorization)
    {
        using var response = await server.GetAsync(Path, authorization is null ? [] : [("Authorization", authorization)]);
        return response.StatusCode;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>Gives every connection an address.</summary>
    private sealed class ConnectedFrom(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return rest(context);
            });
            next(app);
        };
    }
}
