using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Kafka;

public sealed class KafkaKillTests : KafkaServicesTest
{
    [Fact]
    public async Task Each_service_is_killed_in_turn_while_events_flow_and_nothing_is_lost_or_counted_twice()
    {
        await StartAsync();
        SimulatedActivity.Start();
        await PolledAsync(times: 2);
        foreach (var service in Deployment.Services)
        {
            var requests = World.Requests.Total;
            await Eventually.GetAsync(() => Task.FromResult(World.Requests.Total), total => total > requests + 3);
            await service.KillAsync();
            await StartAsync();
        }

        await PolledAsync(times: 2);
        await AssertAsOneProcessAsync();
    }

    [Fact]
    public async Task Services_come_and_go_faster_than_their_groups_settle_and_nothing_is_lost_or_counted_twice()
    {
        await StartAsync();
        SimulatedActivity.Start();
        await PolledAsync(times: 2);
        var (collectors, aggregators) = (Deployment.Services.Take(2).ToArray(), Deployment.Services.Skip(2).Take(2).ToArray());
        for (var round = 0; round < 6; round++)
        {
            // One leaves its group, and the other's is to find out that it is gone.
            var (leaving, dying) = round % 2 == 0 ? (collectors, aggregators) : (aggregators, collectors);
            await dying[round / 2 % 2].KillAsync();
            await leaving[round / 2 % 2].AskToEndAsync();
            Assert.Equal(0, await leaving[round / 2 % 2].EndAsync());
            await StartAsync();
        }

        await PolledAsync(times: 2);
        await AssertAsOneProcessAsync();
    }
}
