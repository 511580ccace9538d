using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Telemetry;

public sealed class OtlpTests(ImportedDatabases databases) : IClassFixture<ImportedDatabases>
{
    private readonly ConcurrentQueue<(string Signal, string Body)> _received = [];

    [Fact]
    public async Task Metrics_and_traces_go_where_the_standard_variables_say_and_nothing_is_sent_of_health()
    {
        await using var collector = Collector();
        await collector.StartAsync(TestContext.Current.CancellationToken);
        await using var serve = RepoPulseProcess.StartWith(
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_SERVICE_NAME", "pulse-of-octo"),
            ],
            ["serve", "--Api:Urls=http://127.0.0.1:0", databases.Pulse()]);
        using var http = new HttpClient { BaseAddress = await serve.ListeningAsync() };

        foreach (var path in (string[])["/health/live", "/api/v1/repositories", "/metrics"])
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        }

        await ReceivedAsync("metrics", "repopulse.aggregator.");
        await ReceivedAsync("traces", "/api/v1/repositories");
        Assert.All(_received, sent => Assert.Contains("pulse-of-octo", sent.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(_received, sent => sent.Signal == "traces" && sent.Body.Contains("/health", StringComparison.Ordinal));
    }

    private Task<bool> ReceivedAsync(string signal, string text) => Eventually.GetAsync(
        () => Task.FromResult(_received.Any(sent => sent.Signal == signal && sent.Body.Contains(text, StringComparison.Ordinal))),
        received => received);

    /// <summary>Takes whatever is sent. Names stand in protobuf as they are.</summary>
    private WebApplication Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((signal, Encoding.Latin1.GetString(body.ToArray())));
        });
        return collector;
    }
}
