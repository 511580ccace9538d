using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.Kafka;
using RepoPulse.Statistics;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.Benchmarks.Kafka;

/// <summary>
/// Appending next to Kafka's own producer tool with the same events and settings, and folding a partition from its start next to the
/// consumer tool, on one broker, in turn.
/// </summary>
internal static partial class KafkaBenchmark
{
    private const int Appends = 8;

    public static async Task RunAsync(
        string data, int events, int batch, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var recorded = Recorded(data, events);
        var payloads = Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            payloads, recorded.Take(20_000).Select(e => System.Text.Encoding.UTF8.GetString(e.Json.Span)), cancellationToken);
        var server = await KafkaServer.StartNewAsync(new KafkaServerOptions { Heap = 1024, QuickStart = false }, cancellationToken);
        await using (server)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{events} events of {recorded.Average(e => e.Json.Length):F0} bytes, {Appends} appends of {batch} at once, acks=all, " +
                $"zstd, one broker"));
            for (var round = 0; round <= rounds; round++)
            {
                var ours = await AppendAsync(server.BootstrapServers, recorded, batch, cancellationToken);
                var theirs = await ProduceAsync(server, payloads, events, cancellationToken);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"append {(round == 0 ? "warm-up" : round)}: ours {ours:F0}/s, producer-perf {theirs:F0}/s, ratio {ours / theirs:F2}"));
            }

            var topics = await FillAsync(server, recorded, 1_000_000, cancellationToken);
            for (var round = 0; round <= rounds; round++)
            {
                var (seconds, folded) = await FoldAsync(topics, cancellationToken);
                var theirs = await ConsumeAsync(server, topics, 1_000_000, cancellationToken);
                var ours = folded / seconds;
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"fold {(round == 0 ? "warm-up" : round)}: a partition of {folded} events recovered in {seconds:F1} s, " +
                    $"{ours:F0}/s; consumer-perf {theirs:F0}/s, ratio {ours / theirs:F2}"));
            }
        }

        File.Delete(payloads);
    }

    /// <summary>Events as recorded, repeated with ids and times of their own so that each is another.</summary>
    private static GitHubEvent[] Recorded(string data, int count)
    {
        var hour = PayloadEvents.ReadHours(data).Where(e => e.HasRepository).ToList();
        return [.. Enumerable.Range(0, count).Select(i => hour[i % hour.Count] with
        {
            Key = new EventKey(EventId.FromGitHub(1_000_000_000L + i), TimeProvider.System.GetUtcNow().AddSeconds(-i % 500_000)),
        })];
    }

    private static async Task<double> AppendAsync(string servers, GitHubEvent[] events, int batch, CancellationToken cancellationToken)
    {
        await using var process = Process(
            new KafkaOptions { BootstrapServers = [servers], TopicPrefix = $"bench-{Guid.NewGuid():N}.", Partitions = 4 });
        var writer = process.GetRequiredService<IEventLogWriter>();
        await writer.AppendAsync(events[..1], EventSource.Poll, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Appends).Select(_ => Task.Run(
            async () =>
            {
                for (var i = Interlocked.Increment(ref next); i * batch < events.Length; i = Interlocked.Increment(ref next))
                    await writer.AppendAsync(
                        new ArraySegment<GitHubEvent>(events, i * batch, Math.Min(batch, events.Length - (i * batch))),
                        EventSource.Poll,
                        cancellationToken);
            },
            cancellationToken)));
        return events.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> ProduceAsync(KafkaServer server, string payloads, int events, CancellationToken cancellationToken)
    {
        await using var process = Process(
            new KafkaOptions { BootstrapServers = [server.BootstrapServers], TopicPrefix = $"bench-{Guid.NewGuid():N}.", Partitions = 4 });
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(cancellationToken);
        var said = await KafkaTool.RunAsync(
            "org.apache.kafka.tools.ProducerPerformance",
            [
                "--topic", cluster.Names.Events, "--num-records", Text(events), "--payload-file", payloads, "--throughput", "-1",
                "--command-property",
                $"bootstrap.servers={server.BootstrapServers}", "acks=all", "enable.idempotence=true", "compression.type=zstd",
                "linger.ms=5", "batch.size=1000000",
                "buffer.memory=268435456",
            ],
            cancellationToken);
        return Figure(ProducedPattern().Matches(said)[^1]);
    }

    private static async Task<KafkaOptions> FillAsync(
        KafkaServer server, GitHubEvent[] events, int count, CancellationToken cancellationToken)
    {
        var options = new KafkaOptions
        {
            BootstrapServers = [server.BootstrapServers],
            TopicPrefix = $"bench-{Guid.NewGuid():N}.",
            Partitions = 1
        };
        await using var process = Process(options);
        var writer = process.GetRequiredService<IEventLogWriter>();
        for (var done = 0; done < count; done += 10_000)
        {
            GitHubEvent[] some = [.. Enumerable.Range(done, Math.Min(10_000, count - done)).Select(i => events[i % events.Length] with
            {
                Key = new EventKey(EventId.FromGitHub(5_000_000_000L + i), TimeProvider.System.GetUtcNow().AddSeconds(-i % 500_000)),
            })];
            await writer.AppendAsync(some, EventSource.Poll, cancellationToken);
        }

        return options;
    }

    private static async Task<(double Seconds, long Events)> FoldAsync(KafkaOptions options, CancellationToken cancellationToken)
    {
        await using var process = Process(options);
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(cancellationToken);
        var factory = new AggregatorFactory(
            new AggregatorOptions(),
            new AggregatorMetrics(process.GetRequiredService<IMeterFactory>(), new AggregatorStatus()),
            TimeProvider.System,
            SystemDefaults.Random,
            NullLoggerFactory.Instance);
        var end = await cluster.Offsets.EndsAsync([new(cluster.Names.Events, 0)], cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var aggregator = await PartitionAggregator.StartAsync(
            cluster, process.GetRequiredService<KafkaMetrics>(), factory, new EvidenceOptions(), 0, TimeProvider.System, cancellationToken);
        await using (aggregator)
        {
            while (!aggregator.Status.CaughtUp)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            return (Stopwatch.GetElapsedTime(started).TotalSeconds, end[0]);
        }
    }

    private static async Task<double> ConsumeAsync(
        KafkaServer server, KafkaOptions options, int events, CancellationToken cancellationToken)
    {
        var said = await KafkaTool.RunAsync(
            "org.apache.kafka.tools.ConsumerPerformance",
            ["--topic", options.TopicPrefix + "events", "--num-records", Text(events), "--bootstrap-server", server.BootstrapServers, "--group", $"bench-{Guid.NewGuid():N}"],
            cancellationToken);
        // start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms,
        // fetch.MB.sec, fetch.nMsg.sec
        var fields = said.Trim().Split('\n')[^1].Split(", ");
        return double.Parse(fields[9], CultureInfo.InvariantCulture);
    }

    private static ServiceProvider Process(KafkaOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddKafka(options);
        services.AddKafkaCollector();
        return services.BuildServiceProvider();
    }

    private static double Figure(Match match) => double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"records sent, (?<rate>[0-9.]+) records/sec", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProducedPattern();
}
