using System.Net;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Telemetry;

/// <summary>A role in a process of its own, ready.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly RepoPulseProcess _process;

    private RunningService(RepoPulseProcess process, Uri address) => (_process, Http) = (process, new HttpClient { BaseAddress = address });

    public HttpClient Http { get; }

    /// <summary>Host and port.</summary>
    public string Authority => Http.BaseAddress!.Authority;

    public static async Task<RunningService> StartAsync(string role, string database, params IEnumerable<string> settings)
    {
        var urls = role == "collect" ? "--Collector:Urls=http://127.0.0.1:0" : "--Api:Urls=http://127.0.0.1:0";
        var process = RepoPulseProcess.Start(
        [
            role,
            urls,
            ImportedDatabases.Forever,
            "--Statistics:WindowDuration=3650.00:00:00",
            "--GitHub:ApiUrl=http://127.0.0.1:9",
            database,
            .. settings
        ]);
        try
        {
            var service = new RunningService(process, await process.ListeningAsync());
            await Eventually.GetAsync(service.ReadinessAsync, status => status == HttpStatusCode.OK);
            return service;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<string> MetricsAsync() => Http.GetStringAsync("/metrics");

    /// <summary>The samples of RepoPulse's own meters.</summary>
    public async Task<List<string>> OwnSamplesAsync() =>
        [.. (await MetricsAsync()).Split('\n').Where(line => line.StartsWith("repopulse_", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<HttpStatusCode> ReadinessAsync()
    {
        using var ready = await Http.GetAsync("/health/ready");
        return ready.StatusCode;
    }
}
