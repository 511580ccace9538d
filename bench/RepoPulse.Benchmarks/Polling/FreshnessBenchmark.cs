using GitHubSimulator;
using GitHubSimulator.World;

namespace RepoPulse.Benchmarks.Polling;

/// <summary>
/// From the moment at which a feed shows an event to the first response of the API that counts it, less the interval between two polls.
/// </summary>
internal static class FreshnessBenchmark
{
    private const string Repository = "octo/cat";

    /// <summary>One second, and a tenth of it for jitter.</summary>
    private const double PollMilliseconds = 1_100;

    public static async Task RunAsync(string executable, int events, TextWriter output, CancellationToken cancellationToken)
    {
        var world = new GitHubWorld(
            TimeProvider.System, new WorldOptions { AcceptAnyToken = true, PollInterval = TimeSpan.FromSeconds(1) });
        await using var gitHub = await SimulatorServer.StartAsync(world, cancellationToken: cancellationToken);
        var repository = world.Repository(Repository);
        await using var run = await ServiceProcess.StartAsync(
            executable,
            [
                "run", "--Api:Urls=http://127.0.0.1:0", $"--Collector:Repositories={Repository}", $"--GitHub:ApiUrl={gitHub.BaseAddress}",
                "--GitHub:Tokens=a-token",
                "--Collector:MinPollInterval=00:00:01", "--Collector:MaxPollInterval=00:00:01",
            ],
            cancellationToken);
        using var http = new HttpClient { BaseAddress = run.Address };
        var random = new Random(5);
        var late = new List<double>();
        for (var i = -5; i < events; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 1_300)), TimeProvider.System, cancellationToken);
            var began = TimeProvider.System.GetTimestamp();
            repository.Add("PushEvent", TimeProvider.System.GetUtcNow());
            while (!await IsServedAsync(http, i + 6, cancellationToken))
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
            if (i >= 0)
                late.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        late.Sort();
        await output.WriteLineAsync(
            $"Freshness: {events} events, polled every 1.0 to 1.1 s; from visible to served {late[late.Count / 2]:N0} ms at the " +
            $"median, {late[^1]:N0} ms at most: {late[^1] - PollMilliseconds:N0} ms more than the longest interval between two polls");
    }

    private static async Task<bool> IsServedAsync(HttpClient http, int events, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"api/v1/repositories/{Repository}/statistics", cancellationToken);
        return response.IsSuccessStatusCode
            && (await response.Content.ReadAsStringAsync(cancellationToken)).Contains(
                $"\"eventType\":\"PushEvent\",\"events\":{events},", StringComparison.Ordinal);
    }
}
