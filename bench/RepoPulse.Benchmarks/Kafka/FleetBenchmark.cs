using System.Diagnostics;
using System.Globalization;
using GitHubSimulator;
using RepoPulse.Benchmarks.Polling;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.Benchmarks.Kafka;

/// <summary>
/// What many watched repositories cost each service over Kafka: from its start until it is ready, and its memory. The real executables, one
/// after the other, against the simulator and one broker. First readings are let through as fast as they come.
/// </summary>
internal static class FleetBenchmark
{
    /// <summary>So many that first readings, which take half of their limits at most, are not spread over hours.</summary>
    private const int Tokens = 200;

    public static async Task RunAsync(string executable, int repositories, TextWriter output, CancellationToken cancellationToken)
    {
        var many = new ManyRepositories(repositories, Tokens);
        await using var gitHub = await SimulatorServer.StartAsync(many.World, cancellationToken: cancellationToken);
        var broker = await KafkaServer.StartNewAsync(new KafkaServerOptions { Heap = 1024, QuickStart = false }, cancellationToken);
        await using (broker)
        {
            var folder = Directory.CreateTempSubdirectory("repopulse-fleet-");
            var list = Path.Combine(folder.FullName, "list.json");
            await File.WriteAllTextAsync(list, many.Configuration, cancellationToken);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{repositories:N0} repositories, {many.Spread.Sum(activity => activity.EventsPerHour):N0} events/h in all"));
            var fleet = new Fleet(executable, ["--EventLog:Provider=Kafka", $"--Kafka:BootstrapServers={broker.BootstrapServers}"], output);
            try
            {
                string[] collector =
                [
                    "collect", "--config", list, "--Collector:Urls=http://127.0.0.1:0", $"--GitHub:ApiUrl={gitHub.BaseAddress}",
                    "--GitHub:MaxRequestsPerMinute=100000",
                ];
                await fleet.ShowAsync("collect, with a new list", collector, service => Fleet.ReadAllAsync(
                    service, repositories, cancellationToken), cancellationToken);
                await fleet.ShowAsync("collect, again", collector, RestAsync, cancellationToken);
                await fleet.ShowAsync("aggregate", ["aggregate", "--Aggregator:Urls=http://127.0.0.1:0"], RestAsync, cancellationToken);
                await fleet.ShowAsync(
                    "aggregate, again", ["aggregate", "--Aggregator:Urls=http://127.0.0.1:0"], RestAsync, cancellationToken);
                await fleet.ShowAsync("serve", ["serve", "--Api:Urls=http://127.0.0.1:0"], RestAsync, cancellationToken);
                string[] archiver =
                [
                    "archive",
                    "--Archiver:Urls=http://127.0.0.1:0",
                    $"--Storage:ConnectionString=Data Source={Path.Combine(folder.FullName, "archive.db")}"
                ];
                await fleet.ShowAsync("archive, of everything", archiver, RestAsync, cancellationToken);
                await fleet.ShowAsync("archive, again", archiver, RestAsync, cancellationToken);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        Task RestAsync(ServiceProcess service) => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
    }

    private sealed class Fleet(string executable, string[] kafka, TextWriter output)
    {
        public async Task ShowAsync(string what, string[] arguments, Func<ServiceProcess, Task> use, CancellationToken cancellationToken)
        {
            var start = Stopwatch.GetTimestamp();
            await using var service = await ServiceProcess.StartAsync(executable, arguments, cancellationToken, kafka);
            await service.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(50), cancellationToken);
            var ready = Stopwatch.GetElapsedTime(start);
            await use(service);
            var used = Stopwatch.GetElapsedTime(start) - ready;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: ready after {ready.TotalSeconds:F1} s; {service.ResidentBytes / 1e6:N0} MB {used.TotalSeconds:F0} s later, " +
                $"{service.PeakBytes / 1e6:N0} MB at most, {service.ProcessorTime.TotalSeconds:F0} s of processor time"));
            var (series, events) = (await SumAsync(service, "repopulse_aggregator_series", cancellationToken), await SumAsync(
                service, "repopulse_aggregator_events_folded_total", cancellationToken));
            if (series > 0)
                await output.WriteLineAsync(
                    string.Create(CultureInfo.InvariantCulture, $"  {series:N0} series, {events:N0} events folded"));
            await service.EndAsync(cancellationToken);
        }

        /// <summary>Until every feed has been read once.</summary>
        public static async Task ReadAllAsync(ServiceProcess service, int repositories, CancellationToken cancellationToken)
        {
            while (await SumAsync(service, "repopulse_collector_polls_total", cancellationToken) < repositories)
                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
        }

        /// <summary>What a service's samples of one name come to.</summary>
        private static async Task<double> SumAsync(ServiceProcess service, string name, CancellationToken cancellationToken)
        {
            using var http = new HttpClient();
            var metrics = await http.GetStringAsync(new Uri(service.Address, "metrics"), cancellationToken);
            return metrics.Split('\n')
                .Where(line => line.StartsWith(name, StringComparison.Ordinal))
                .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        }
    }
}
