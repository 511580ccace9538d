using GitHubSimulator;
using GitHubSimulator.Accounts;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace RepoPulse.Benchmarks.Polling;

/// <summary>
/// What many feeds cost the real <c>collect</c> process, with its database, against the simulator over a socket: processor time and memory while all are
/// polled every quarter of an hour. First readings are let through as fast as they come, so that the state to measure is reached soon.
/// </summary>
internal static class CollectorBenchmark
{
    private const int Tokens = 10;

    public static async Task RunAsync(string executable, int repositories, int minutes, TextWriter output, CancellationToken cancellationToken)
    {
        var world = new GitHubWorld(TimeProvider.System, new WorldOptions
        {
            KeepsShown = false,
            KeptRequests = 100,
            Limits = new LimitOptions { PerUser = 1_000_000, PointsPerMinute = 1_000_000, MaxConcurrent = 1_000 },
        });
        for (var i = 0; i < Tokens; i++)
            world.Accounts.AddToken($"user-{i}", $"token-{i}");
        var spread = RateSpread.Draw(seed: 8, repositories, totalPerHour: 3.4 * repositories, mostPerHour: 5_000, sigma: 2.2);
        ActivityGenerator.Play(world, spread, new GenerationOptions { MinimalPayloads = true, History = TimeSpan.FromHours(12) });
        await using var gitHub = await SimulatorServer.StartAsync(world, cancellationToken: cancellationToken);
        var list = Path.GetTempFileName();
        await File.WriteAllTextAsync(list, "{\"Collector\":{\"Repositories\":[" + string.Join(',', spread.Select(activity => $"\"{activity.Name}\"")) + "]}}", cancellationToken);
        try
        {
            await using var collect = await ServiceProcess.StartAsync(
                executable,
                [
                    "collect", "--config", list, "--Collector:Urls=http://127.0.0.1:0", $"--GitHub:ApiUrl={gitHub.BaseAddress}", "--GitHub:MaxRequestsPerMinute=100000",
                    "--GitHub:Tokens=" + string.Join(',', Enumerable.Range(0, Tokens).Select(i => $"token-{i}")),
                ],
                cancellationToken);
            await output.WriteLineAsync($"collect: {repositories:N0} repositories on {Tokens} tokens, {spread.Sum(activity => activity.EventsPerHour):N0} events/h in all");
            for (var minute = 1; minute <= minutes; minute++)
            {
                var (processor, requests) = (collect.ProcessorTime, world.Requests.Total);
                await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, cancellationToken);
                await output.WriteLineAsync($"  minute {minute}: {world.Requests.Total - requests:N0} requests, {(collect.ProcessorTime - processor).TotalSeconds / 60:P0} of a core, {collect.ResidentBytes / 1e6:N0} MB resident");
            }
        }
        finally
        {
            File.Delete(list);
        }
    }
}
