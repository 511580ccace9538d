using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace RepoPulse.TestServers.Prometheus;

/// <summary>
/// A real Prometheus that reads some processes every second and judges rules, on a port of its own and in a folder of its own.
/// </summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private PrometheusServer(Process process, DirectoryInfo folder, Uri address) =>
        (_process, _folder, _http) = (process, folder, new HttpClient { BaseAddress = address });

    /// <param name="rules">A file of rules.</param>
    /// <param name="targets">Host and port of each process to read.</param>
    public static async Task<PrometheusServer> StartAsync(string rules, params IEnumerable<string> targets)
    {
        var program = PrometheusInstallation.Require("prometheus");
        var folder = Directory.CreateTempSubdirectory("repopulse-prometheus-");
        var configuration = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: ["{{rules}}"]
            scrape_configs:
              - job_name: repopulse
                static_configs: [{ targets: [{{string.Join(", ", targets.Select(target => $"\"{target}\""))}}] }]
            """);
        var port = FreePort();
        var process = Process.Start(
            program,
            [
                $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            ]);
        return new PrometheusServer(process, folder, new UriBuilder("http", "127.0.0.1", port).Uri);
    }

    /// <summary>The response of its API; null while it is not there yet.</summary>
    public async Task<JsonElement?> GetAsync(string path)
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"Prometheus ended with {_process.ExitCode}.");
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data")
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
