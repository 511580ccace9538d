using System.Net;
using System.Text.Json;
using RepoPulse.FunctionalTests.Processes;
using RepoPulse.TestServers.Prometheus;

namespace RepoPulse.FunctionalTests.Telemetry;

public sealed class MetricsTests(ImportedDatabases databases) : IClassFixture<ImportedDatabases>
{
    private static readonly string Rules = Path.GetFullPath(
        Path.Combine(ForeignProgram.RepositoryRoot, "deploy/prometheus/repopulse.rules.yml"));

    [Fact]
    public async Task The_rules_pass_their_tests()
    {
        var (exit, text) = await Promtool.RunAsync(null, "test", "rules", Path.ChangeExtension(Rules, ".test.yml"));
        Assert.True(exit == 0, text);
    }

    [Fact]
    public async Task A_real_Prometheus_reads_every_role_and_judges_the_rules()
    {
        PrometheusInstallation.Require("prometheus");
        var database = databases.Pulse();
        await using var serve = await RunningService.StartAsync("serve", database);
        await using var collect = await RunningService.StartAsync("collect", database);
        await using var prometheus = await PrometheusServer.StartAsync(Rules, serve.Authority, collect.Authority);

        // On a busy machine a process may be too slow for the first readings: they end after a second.
        await Eventually.GetAsync(
            () => prometheus.GetAsync("/api/v1/targets"),
            answer => answer is { } data && data.GetProperty("activeTargets")
                .EnumerateArray()
                .Count(target => target.GetProperty("health").GetString() == "up") == 2);

        var mean = await AskAsync(prometheus, """repopulse_repository_interval_mean_seconds{event_type="PushEvent"}""");
        Assert.Equal(
            ("octo/pulse", "60"),
            (mean.GetProperty("metric").GetProperty("repository").GetString(), mean.GetProperty("value")[1].GetString()));
        await AskAsync(prometheus, "repopulse_collector_polls_stretch == 1");
        await AskAsync(prometheus, """http_server_request_duration_seconds_count{http_route="/metrics"} > 0""");

        var rules = await prometheus.GetAsync("/api/v1/rules");
        var health = rules!.Value.GetProperty("groups")[0]
            .GetProperty("rules")
            .EnumerateArray()
            .Select(rule => rule.GetProperty("health").GetString());
        Assert.DoesNotContain("err", health);
    }

    [Theory]
    [InlineData("run", true)]
    [InlineData("serve", true)]
    [InlineData("collect", false)]
    public async Task Promtool_has_no_objection_to_what_a_role_exposes_and_repositories_are_named_where_there_is_an_API(
        string role, bool named)
    {
        await using var service = await RunningService.StartAsync(role, databases.Pulse());

        var metrics = await service.MetricsAsync();

        var (exit, text) = await Promtool.RunAsync(metrics, "check", "metrics");
        Assert.True(exit == 0 && text.Length == 0, text);
        Assert.Contains("repopulse_", metrics, StringComparison.Ordinal);
        Assert.Equal(named, metrics.Contains("octo", StringComparison.Ordinal));
        await AnswersOpenMetricsAsync(service.Http);
    }

    [Fact]
    public async Task No_metric_gives_a_hidden_repository_away()
    {
        string[] rules = ["--Api:Repositories:0=*", "--Api:Repositories:1=!secret/*"];
        var both = databases.WithSecret();
        await using var innocent = await RunningService.StartAsync("serve", databases.Pulse(), rules);
        await using var whole = await RunningService.StartAsync("serve", both, rules);

        var expected = await innocent.OwnSamplesAsync();
        Assert.Contains(expected, line => line.Contains("octo/pulse", StringComparison.Ordinal));
        Assert.Equal(expected, await whole.OwnSamplesAsync());
        Assert.DoesNotContain("secret", await whole.MetricsAsync(), StringComparison.Ordinal);

        // With nothing to hide there is something to know it by.
        await using var open = await RunningService.StartAsync("serve", both);
        Assert.NotEqual(expected, await open.OwnSamplesAsync());
    }

    [Fact]
    public async Task Where_a_key_is_asked_for_no_repository_is_named()
    {
        await using var service = await RunningService.StartAsync("serve", databases.Pulse(), "--Api:Keys:0=key");

        var text = await service.MetricsAsync();

        Assert.Contains("repopulse_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("octo", text, StringComparison.Ordinal);
    }

    /// <summary>Where that is asked for.</summary>
    private static async Task AnswersOpenMetricsAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0");
        using var response = await http.SendAsync(request);

        Assert.Equal("application/openmetrics-text", response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("# EOF\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var post = await http.PostAsync("/metrics", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    private static async Task<JsonElement> AskAsync(PrometheusServer prometheus, string query)
    {
        var answer = await Eventually.GetAsync(
            () => prometheus.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"),
            data => data is { } found && found.GetProperty("result").GetArrayLength() > 0);
        return answer!.Value.GetProperty("result")[0];
    }
}
