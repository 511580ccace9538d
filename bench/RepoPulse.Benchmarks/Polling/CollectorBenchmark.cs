using GitHubSimulator;

namespace RepoPulse.Benchmarks.Polling;

/// <summary>
/// What many feeds cost the real <c>collect</c> process, with its database, against the simulator over a socket: processor time and memory
/// while all are polled every quarter of an hour. First readings are let through as fast as they come, so that the state to measure is
/// reached soon.
/// </summary>
internal static class CollectorBenchmark
{
    private const int Tokens = 10;

    public static async Task RunAsync(
        string executable, int repositories, int minutes, TextWriter output, CancellationToken cancellationToken)
    {
        var many = new ManyRepositories(repositories, Tokens);
        await using var gitHub = await SimulatorServer.StartAsync(many.World, cancellationToken: cancellationToken);
        var list = Path.GetTempFileName();
        await File.WriteAllTextAsync(list, many.Configuration, cancellationToken);
        try
        {
            await using var collect = await ServiceProcess.StartAsync(
                executable,
                [
                    "collect", "--config", list, "--Collector:Urls=http://127.0.0.1:0", $"--GitHub:ApiUrl={gitHub.BaseAddress}",
                    "--GitHub:MaxRequestsPerMinute=100000",
                ],
                cancellationToken);
            await output.WriteLineAsync(
                $"collect: {repositories:N0} repositories on {Tokens} tokens, {many.Spread.Sum(activity => activity.EventsPerHour):N0} " +
                "events/h in all");
            for (var minute = 1; minute <= minutes; minute++)
            {
                var (processor, requests) = (collect.ProcessorTime, many.World.Requests.Total);
                await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, cancellationToken);
                await output.WriteLineAsync(
                    $"  minute {minute}: {many.World.Requests.Total - requests:N0} requests, " +
                    $"{(collect.ProcessorTime - processor).TotalSeconds / 60:P0} of a core, {collect.ResidentBytes / 1e6:N0} MB resident");
            }
        }
        finally
        {
            File.Delete(list);
        }
    }
}
