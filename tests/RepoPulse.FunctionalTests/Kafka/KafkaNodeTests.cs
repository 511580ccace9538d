namespace RepoPulse.FunctionalTests.Kafka;

public sealed class KafkaNodeTests(ThreeNodes nodes) : KafkaServicesTest(nodes)
{
    [Fact]
    public async Task A_node_is_killed_and_one_is_stopped_and_both_come_back_and_nothing_is_lost_or_counted_twice()
    {
        await StartAsync();
        Happenings.Start();
        await PolledAsync(times: 2);

        await Server.KillAsync(node: 1, Cancellation);
        await PolledAsync(times: 3);
        await Server.StartAsync(Cancellation);
        await PolledAsync(times: 2);
        await Server.StopAsync(node: 2, Cancellation);
        await PolledAsync(times: 3);
        await Server.StartAsync(Cancellation);
        await PolledAsync(times: 2);

        await AssertAsOneProcessAsync();
        await ReadinessAsync(ready: true);
    }
}
