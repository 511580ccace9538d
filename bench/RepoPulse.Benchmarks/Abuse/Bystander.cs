using System.Globalization;
using System.Net;

namespace RepoPulse.Benchmarks.Abuse;

/// <summary>One who asks for the same every tenth of a second, and how long each response takes.</summary>
internal sealed class Bystander(Uri server, string name, string path) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = Patience, BaseAddress = server };
    private readonly List<double> _waits = [];
    private int _failed;

    /// <summary>Until the token fires, and on until the last response is there.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), CancellationToken.None);
                if (response.StatusCode != HttpStatusCode.OK)
                    _failed++;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                _failed++;
            }

            _waits.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    public override string ToString()
    {
        var sorted = _waits.Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} p50 {sorted[sorted.Count / 2]:F0} ms, max {sorted[^1]:F0} ms of " +
            $"{sorted.Count}{(_failed == 0 ? "" : $", {_failed} FAILED")}");
    }

    public void Dispose() => _http.Dispose();
}
