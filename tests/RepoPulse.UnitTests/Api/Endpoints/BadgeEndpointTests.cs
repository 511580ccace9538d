using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using RepoPulse.Api;
using RepoPulse.Statistics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class BadgeEndpointTests
{
    private const string Svg = "/api/v1/repositories/octo/pulse/badge.svg";
    private const string Json = "/api/v1/repositories/octo/pulse/badge.json";

    [Theory]
    [InlineData("", "events every", "22s")]
    [InlineData("?metric=meanInterval", "events every", "22s")]
    [InlineData("?eventType=PushEvent", "pushes every", "3m 36s")]
    [InlineData("?eventType=PushEvent&metric=median", "median between pushes", "1m 1s")]
    [InlineData("?metric=events", "events in 7 days", "500+")]
    [InlineData("?metric=events&eventType=PushEvent", "pushes in 7 days", "41")]
    [InlineData("?metric=events&eventType=NeverCameEvent", "never came events in 7 days", "0")]
    [InlineData("?metric=lastEvent", "last event", "1h ago")]
    [InlineData("?metric=lastEvent&eventType=PushEvent", "last push", "1h ago")]
    public async Task A_figure_is_put_into_words(string query, string label, string message)
    {
        await using var server = await StartAsync();

        Assert.Equal($$"""{"schemaVersion":1,"label":"{{label}}","message":"{{message}}","color":"blue"}""", await server.GetTextAsync(
            Json + query));
        Assert.Equal($"{label}: {message}", await DrawnAsync(server, query));
    }

    [Theory]
    [InlineData("?metric=median", "median between events")]
    [InlineData("?eventType=ForkEvent", "forks every")]
    [InlineData("?eventType=NeverCameEvent&metric=lastEvent", "last never came event")]
    public async Task What_there_is_no_figure_of_is_unknown(string query, string label)
    {
        await using var server = await StartAsync();

        var text = await server.GetTextAsync(Json + query);

        Assert.Equal($$"""{"schemaVersion":1,"label":"{{label}}","message":"unknown","color":"lightgrey"}""", text);
        Assert.NotNull(JsonSerializer.Deserialize(text, ContractsJsonContext.Default.ShieldsBadge));
        Assert.Equal($"{label}: unknown", await DrawnAsync(server, query));
    }

    [Fact]
    public async Task The_last_event_is_shown_in_minutes_and_even_where_the_window_does_not_reach_it()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { LastEventAt = Some.Now.AddSeconds(30) });
        Assert.Equal("just now", await LastEventAsync(server));

        server.Time.SetUtcNow(Some.Now.AddSeconds(89));
        Assert.Equal("just now", await LastEventAsync(server));
        server.Time.SetUtcNow(Some.Now.AddSeconds(90));
        Assert.Equal("1m ago", await LastEventAsync(server));
        server.Time.SetUtcNow(Some.Now.AddDays(40));
        Assert.Equal("40d ago", await LastEventAsync(server));
    }

    [Theory]
    [InlineData("1.00:00:00", "events in 1 day")]
    [InlineData("30.00:00:00", "events in 30 days")]
    [InlineData("12:30:00", "events in 12h 30m")]
    public async Task The_window_is_the_configured_one(string window, string label)
    {
        await using var server = await ApiServer.StartAsync(
            new ApiOptions { Window = new WindowOptions { Duration = TimeSpan.Parse(window) } });
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));

        Assert.Equal(label, (await server.GetJsonAsync(Json + "?metric=events")).GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("metric=mean", "metric")]
    [InlineData("metric=", "metric")]
    [InlineData("metric=events&metric=events", "metric")]
    [InlineData("eventType=a%20b", "eventType")]
    [InlineData("eventType=*", "eventType")]
    [InlineData("eventType=PushEvent&eventType=WatchEvent", "eventType")]
    public async Task A_wrong_value_is_named(string query, string parameter)
    {
        await using var server = await StartAsync();

        foreach (var path in new[] { Svg, Json })
        {
            var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{path}?{query}");
            Assert.Equal(parameter, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        }
    }

    [Theory]
    [InlineData("badge.svg")]
    [InlineData("badge.json")]
    public async Task A_renamed_repository_leads_to_its_badge_under_the_new_name(string badge)
    {
        await using var server = await StartAsync();

        using var response = await server.GetAsync($"/api/v1/repositories/octo/older/{badge}?metric=events");

        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal($"/api/v1/repositories/octo/pulse/{badge}?metric=events", response.Headers.Location?.ToString());
    }

    private static async Task<string?> LastEventAsync(ApiServer server) =>
        (await server.GetJsonAsync(Json + "?metric=lastEvent")).GetProperty("message").GetString();

    /// <summary>What the picture says.</summary>
    private static async Task<string?> DrawnAsync(ApiServer server, string query)
    {
        using var response = await server.GetAsync(Svg + query);
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.ToString());
        return XElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .Attribute("aria-label")?.Value;
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse", "octo/older"));
        await server.PublishAsync(Some.Figures(
            1, Some.Series("*", 500, capped: true, mean: 22.4),
            Some.Series("PushEvent", 41, mean: 216.22) with { MedianIntervalSeconds = 61 }, Some.Series("ForkEvent", 1)));
        return server;
    }
}
