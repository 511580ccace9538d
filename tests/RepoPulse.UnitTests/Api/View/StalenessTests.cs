using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.View;

/// <summary>What the API does while the store is away.</summary>
public sealed class StalenessTests
{
    private const string Events = "/api/v1/repositories/octo/pulse/events";

    public static TheoryData<string> OfTheView =>
    [
        "/api/v1/repositories",
        "/api/v1/repositories/octo/pulse",
        "/api/v1/repositories/octo/pulse/statistics",
        "/api/v1/repositories/octo/pulse/statistics?eventType=PushEvent",
        "/api/v1/repositories/octo/pulse/coverage",
        "/api/v1/statistics",
        "/api/v1/statistics?sort=-events",
        "/api/v1/statistics?limit=0",
        "/api/v1/repositories/octo/none",
        "/api/v1/repositories/octo/former/statistics",
    ];

    [Theory]
    [MemberData(nameof(OfTheView))]
    public async Task While_the_log_is_lost_a_response_says_its_age_and_is_otherwise_what_it_was(string path)
    {
        await using var server = await StartAsync();
        using var before = await server.GetAsync(path);
        Assert.Null(before.Headers.Age);

        server.LoseLog(since: Some.Now);
        server.Time.Advance(TimeSpan.FromSeconds(89.2));
        using var during = await server.GetAsync(path);
        Assert.Equal(TimeSpan.FromSeconds(90), during.Headers.Age);
        Assert.Equal(before.StatusCode, during.StatusCode);
        Assert.Equal(before.Headers.ETag, during.Headers.ETag);
        Assert.Equal(before.Headers.CacheControl, during.Headers.CacheControl);
        Assert.Equal(await TextAsync(before), await TextAsync(during));

        server.FindLog();
        using var after = await server.GetAsync(path);
        Assert.Null(after.Headers.Age);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_conditional_request_gets_the_age_too(string method)
    {
        await using var server = await StartAsync();
        using var first = await server.GetAsync("/api/v1/statistics");
        server.LoseLog(since: Some.Now);
        server.Time.Advance(TimeSpan.FromSeconds(3));

        using var response = await server.SendAsync(
            new HttpMethod(method), "/api/v1/statistics", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.Age);
        Assert.True(response.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task The_catalog_counts_as_the_log_does_and_the_older_of_the_two_is_reported()
    {
        await using var server = await StartAsync();
        LoseCatalog(server, attempts: 3);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await server.CatalogIsLostAsync();
        Assert.Equal(TimeSpan.FromSeconds(10), await AgeAsync(server));

        server.LoseLog(since: server.Time.GetUtcNow().AddSeconds(-25));
        Assert.Equal(TimeSpan.FromSeconds(25), await AgeAsync(server));
        server.LoseLog(since: server.Time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(10), await AgeAsync(server));
    }

    [Fact]
    public async Task A_lost_catalog_is_asked_again_every_few_seconds_and_reported_once()
    {
        var logs = new FakeLogCollector();
        await using var server = await StartAsync(
            services => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)).SetMinimumLevel(LogLevel.Debug)));
        LoseCatalog(server, attempts: 8);

        server.Time.Advance(TimeSpan.FromSeconds(10));
        await server.CatalogIsLostAsync();
        await server.Time.DriveAsync(FoundAsync(server));

        Assert.Null(await AgeAsync(server));
        // As it was logged, not by the clock: how far that runs on before a wait is seen to be over is for the threads to say.
        var waits = logs.GetSnapshot()
            .Select(log => log.GetStructuredStateValue("Wait"))
            .OfType<string>()
            .Select(wait => TimeSpan.Parse(wait, CultureInfo.InvariantCulture));
        Assert.Equal(7, waits.Count());
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
        Assert.Equal(
            [(LogLevel.Warning, "The catalog of repositories cannot be read"), (LogLevel.Information, "The catalog of repositories is read again")],
            logs.GetSnapshot()
                .Where(log => log.Category!.StartsWith("RepoPulse", StringComparison.Ordinal) && log.Level > LogLevel.Debug)
                .Select(log => (log.Level, log.Message.Split([';', ','])[0])));
    }

    [Fact]
    public async Task What_happened_meanwhile_is_seen_once_the_catalog_is_back()
    {
        await using var server = await StartAsync();
        LoseCatalog(server, attempts: 1);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await server.CatalogIsLostAsync();
        server.Catalog.Hold(Some.Repository(2, "octo/new"));
        await server.GetProblemAsync(HttpStatusCode.NotFound, "/api/v1/repositories/octo/new");

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await server.CatalogIsFoundAsync();

        await server.GetTextAsync("/api/v1/repositories/octo/new");
    }

    [Fact]
    public async Task An_answer_that_was_read_from_the_store_is_not_old_and_one_that_cannot_be_read_is_503()
    {
        var logs = new FakeLogCollector();
        await using var server = await StartAsync(
            services => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs))));
        server.LoseLog(since: Some.Now);
        using var read = await server.GetAsync(Events);
        Assert.Equal((HttpStatusCode.OK, null), (read.StatusCode, read.Headers.Age));

        server.History.Failure = new StorageException("db.internal:5432 refused the connection of user repopulse.", isTransient: true);
        using var failed = await server.GetAsync(Events);
        var problem = await ApiServer.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, failed);
        Assert.Equal("The store cannot be read now. The same request may succeed later.", problem.GetProperty("detail").GetString());
        Assert.Equal(TimeSpan.FromSeconds(5), failed.Headers.RetryAfter?.Delta);
        Assert.Null(failed.Headers.Age);

        // The followers have reported it already; only a store that fails while they read is news.
        Assert.DoesNotContain(logs.GetSnapshot(), log => log.Level >= LogLevel.Warning);
        server.FindLog();
        (await server.GetAsync(Events)).Dispose();
        Assert.Contains(logs.GetSnapshot(), log => log.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Readiness_and_the_document_have_no_age()
    {
        await using var server = await StartAsync();
        server.LoseLog(since: Some.Now.AddMinutes(-1));

        foreach (var path in new[] { "/health/live", "/health/ready", "/openapi/v1.json", "/nothing" })
        {
            using var response = await server.GetAsync(path);
            Assert.Null(response.Headers.Age);
        }
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_no_answer_of_the_future()
    {
        await using var server = await StartAsync();
        server.LoseLog(since: Some.Now.AddMinutes(1));

        Assert.Equal(TimeSpan.Zero, await AgeAsync(server));
    }

    private static async Task<ApiServer> StartAsync(Action<IServiceCollection>? services = null)
    {
        var server = await ApiServer.StartAsync(services: services);
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse", "octo/former"));
        await server.PublishAsync(Some.Figures(1, 2, Some.Series("PushEvent", 2)));
        server.History.Events.Add(Some.Event(1, 1, Some.Now));
        return server;
    }

    private static void LoseCatalog(ApiServer server, int attempts)
    {
        for (var i = 0; i < attempts; i++)
            server.Catalog.Failures.Enqueue(new StorageException("'db.internal' is away.", isTransient: true));
    }

    private static async Task<bool> FoundAsync(ApiServer server)
    {
        await server.CatalogIsFoundAsync();
        return true;
    }

    private static async Task<TimeSpan?> AgeAsync(ApiServer server)
    {
        using var response = await server.GetAsync("/api/v1/statistics");
        return response.Headers.Age;
    }

    private static Task<string> TextAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
