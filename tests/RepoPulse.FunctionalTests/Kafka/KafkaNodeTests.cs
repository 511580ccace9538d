using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Kafka;

[Collection(nameof(KafkaNodeCollection))]
public sealed class KafkaNodeTests(ThreeNodes nodes) : KafkaServicesTest
{
    [Fact]
    public async Task A_node_is_killed_and_one_is_stopped_and_both_come_back_and_nothing_is_lost_or_counted_twice()
    {
        var server = await nodes.OwnAsync(Cancellation);
        await StartAsync();
        SimulatedActivity.Start();
        await PolledAsync(times: 2);

        await server.KillAsync(node: 1, Cancellation);
        await PolledAsync(times: 3);
        await server.StartAsync(Cancellation);
        await PolledAsync(times: 2);
        await server.StopAsync(node: 2, Cancellation);
        await PolledAsync(times: 3);
        await server.StartAsync(Cancellation);
        await PolledAsync(times: 2);

        await AssertAsOneProcessAsync();
        await ReadinessAsync(ready: true);
    }

    private protected override async Task<KafkaServer?> ServerAsync() => await nodes.OwnAsync(Cancellation);
}
