using RepoPulse.FunctionalTests.Processes;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Kafka;

/// <summary>Records that cannot be read, in every topic, while all services run and when they start.</summary>
public sealed class KafkaPoisonTests : KafkaServicesTest
{
    private static readonly string[] Topics =
    [
        "events", "statistics", "feeds", "cursors", "coverage", "collectors", "archives", "deliveries", "secrets"
    ];

    [Fact]
    public async Task Services_live_on_and_restart_and_what_can_be_read_is_counted_rightly()
    {
        await StartAsync();
        SimulatedActivity.Start();
        await PolledAsync(times: 2);
        var rubbish = new KafkaRubbish(await Store.TopicsAsync(), seed: 23);
        await WriteAsync(rubbish);
        await PolledAsync(times: 2);

        Assert.All(await Deployment.StopAsync(), code => Assert.Equal(0, code));
        await StartAsync();
        await WriteAsync(rubbish);
        await PolledAsync(times: 2);
        await ReadinessAsync(ready: true);

        await AssertAsOneProcessAsync();
        await CountedAsync("aggregate", "events", "statistics");
        await CountedAsync("archive", "events");
        await CountedAsync("collect", "cursors", "coverage", "feeds", "collectors");
        await CountedAsync("serve", "statistics", "coverage", "archives");
    }

    private static async Task WriteAsync(KafkaRubbish rubbish)
    {
        foreach (var topic in Topics)
            await rubbish.WriteAsync(topic, Cancellation);
    }

    /// <summary>Waits until one of the services of a command has counted records that were skipped of each topic.</summary>
    private async Task CountedAsync(string command, params string[] topics)
    {
        using var http = new HttpClient();
        var prefix = (await Store.TopicsAsync()).Prefix;
        foreach (var topic in topics)
        {
            await Eventually.GetAsync(
                async () => string.Join('\n', (await Task.WhenAll(Deployment.Services.Where(service => service.Command == command)
                    .Select(service => http.GetStringAsync(new Uri(service.Address, "metrics"), Cancellation))))
                    .SelectMany(text => text.Split('\n'))
                        .Where(line => line.StartsWith("repopulse_kafka_records_skipped", StringComparison.Ordinal))),
                skipped => skipped.Contains($"\"{prefix}{topic}\"", StringComparison.Ordinal));
        }
    }
}
