using System.Globalization;
using System.Net;
using System.Text.Json;
using RepoPulse.FunctionalTests.Processes;
using RepoPulse.TestServers.Prometheus;

namespace RepoPulse.FunctionalTests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private const string Forever = "--Collector:RetentionPeriod=forever";

    private static readonly string Rules = Path.GetFullPath(Path.Combine(Root(), "deploy/prometheus/repopulse.rules.yml"));

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

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
        await ImportAsync(_folder.Database, "octo/pulse");
        await using var serve = await StartAsync("serve", _folder.Database);
        await using var collect = await StartAsync("collect", _folder.Database);
        await using var prometheus = await PrometheusServer.StartAsync(Rules, serve.Address.Authority, collect.Address.Authority);

        var targets = await Eventually.GetAsync(
            () => prometheus.GetAsync("/api/v1/targets"),
            answer => answer is { } data && data.GetProperty("activeTargets").GetArrayLength() == 2 && data.GetProperty("activeTargets").EnumerateArray().All(target => target.GetProperty("health").GetString() != "unknown"));
        Assert.Equal(["up|", "up|"], targets!.Value.GetProperty("activeTargets").EnumerateArray().Select(target => $"{target.GetProperty("health")}|{target.GetProperty("lastError")}"));

        var mean = await AskAsync(prometheus, """repopulse_repository_interval_mean_seconds{event_type="PushEvent"}""");
        Assert.Equal(("octo/pulse", "60"), (mean.GetProperty("metric").GetProperty("repository").GetString(), mean.GetProperty("value")[1].GetString()));
        await AskAsync(prometheus, "repopulse_collector_polls_stretch == 1");
        await AskAsync(prometheus, """http_server_request_duration_seconds_count{http_route="/metrics"} > 0""");

        var rules = await prometheus.GetAsync("/api/v1/rules");
        var health = rules!.Value.GetProperty("groups")[0].GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("health").GetString());
        Assert.DoesNotContain("err", health);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("serve")]
    [InlineData("collect")]
    public async Task Promtool_has_no_objection_to_what_a_role_tells(string role)
    {
        await ImportAsync(_folder.Database, "octo/pulse");
        await using var service = await StartAsync(role, _folder.Database);
        await _http.GetStringAsync(new Uri(service.Address, "health/ready"));
        var (exit, text) = await Promtool.RunAsync(await MetricsAsync(service), "check", "metrics");
        Assert.True(exit == 0 && text.Length == 0, text);
    }

    [Fact]
    public async Task The_answer_is_OpenMetrics_where_that_is_asked_for()
    {
        await using var service = await StartAsync("collect", _folder.Database);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "metrics"));
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0");
        using var response = await _http.SendAsync(request);

        Assert.Equal("application/openmetrics-text", response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("# EOF\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var post = await _http.PostAsync(new Uri(service.Address, "metrics"), null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task No_metric_gives_a_hidden_repository_away()
    {
        var other = $"--Storage:ConnectionString=Data Source={_folder.File("innocent.db")}";
        await ImportAsync(other, "octo/pulse");
        await ImportAsync(_folder.Database, "octo/pulse", "secret/plan");
        string[] rules = ["--Api:Repositories:0=*", "--Api:Repositories:1=!secret/*"];
        await using var innocent = await StartAsync("serve", other, rules);
        await using var whole = await StartAsync("serve", _folder.Database, rules);

        var expected = await OwnAsync(innocent);
        Assert.Contains(expected, line => line.Contains("octo/pulse", StringComparison.Ordinal));
        Assert.Equal(expected, await OwnAsync(whole));
        Assert.DoesNotContain("secret", await MetricsAsync(whole), StringComparison.Ordinal);

        // With nothing to hide there is something to tell it by.
        await using var open = await StartAsync("serve", _folder.Database);
        Assert.NotEqual(expected, await OwnAsync(open));
    }

    [Theory]
    [InlineData("serve", "--Api:Keys:0=key")]
    [InlineData("collect", "--GitHub:RequestTimeout=00:00:05")]
    public async Task Where_a_key_is_asked_for_or_there_is_no_API_no_repository_is_named(string role, string setting)
    {
        await ImportAsync(_folder.Database, "octo/pulse");
        await using var service = await StartAsync(role, _folder.Database, setting);

        var text = await MetricsAsync(service);

        Assert.Contains("repopulse_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("octo", text, StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }

    private static async Task<JsonElement> AskAsync(PrometheusServer prometheus, string query)
    {
        var answer = await Eventually.GetAsync(
            () => prometheus.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"),
            data => data is { } found && found.GetProperty("result").GetArrayLength() > 0);
        return answer!.Value.GetProperty("result")[0];
    }

    private async Task<RunningService> StartAsync(string role, params string[] settings)
    {
        var urls = role == "collect" ? "--Collector:Urls=http://127.0.0.1:0" : "--Api:Urls=http://127.0.0.1:0";
        var process = RepoPulseProcess.Start([role, urls, Forever, "--Statistics:WindowDuration=3650.00:00:00", "--GitHub:ApiUrl=http://127.0.0.1:9", .. settings]);
        var address = await process.ListeningAsync();
        await Eventually.GetAsync(
            async () =>
            {
                using var ready = await _http.GetAsync(new Uri(address, "health/ready"));
                return ready.StatusCode;
            },
            status => status == HttpStatusCode.OK);
        return new RunningService(process, address);
    }

    private Task<RunningService> StartAsync(string role, string database, IEnumerable<string> rules) => StartAsync(role, [database, .. rules]);

    private Task<string> MetricsAsync(RunningService service) => _http.GetStringAsync(new Uri(service.Address, "metrics"));

    /// <summary>The samples of RepoPulse's own meters.</summary>
    private async Task<List<string>> OwnAsync(RunningService service) =>
        [.. (await MetricsAsync(service)).Split('\n').Where(line => line.StartsWith("repopulse_", StringComparison.Ordinal))];

    /// <summary>Ten events, a minute apart, of each.</summary>
    private async Task ImportAsync(string database, params string[] repositories)
    {
        var file = _folder.File("archive.json");
        var lines = repositories.SelectMany((name, i) => Enumerable.Range(0, 10).Select(n => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{i * 10 + n + 1}}","type":"PushEvent","actor":{"id":1,"login":"u"},"repo":{"id":{{i + 1}},"name":"{{name}}"},"payload":{},"public":true,"created_at":"{{new DateTime(2026, 1, 1, 0, n, 0, DateTimeKind.Utc):yyyy-MM-ddTHH:mm:ssZ}}"}""")));
        await File.WriteAllLinesAsync(file, lines);
        var (exit, _, errors) = await RepoPulseProcess.RunAsync("import", file, Forever, database);
        Assert.True(exit == 0, errors);
    }

    private sealed record RunningService(RepoPulseProcess Process, Uri Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
