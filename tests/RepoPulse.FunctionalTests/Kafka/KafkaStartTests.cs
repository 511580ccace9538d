using RepoPulse.FunctionalTests.Deployments;
using RepoPulse.FunctionalTests.Services;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Kafka;

public sealed class KafkaStartTests : ServicesTest
{
    private KafkaServer? _server;

    [Fact]
    public async Task Services_that_start_before_their_broker_say_so_wait_and_work_once_it_is_there()
    {
        await _server!.KillAsync(node: 1, Cancellation);

        await StartAsync();

        await ReadinessAsync(ready: false);
        Assert.All(Deployment.Services, service => Assert.Contains("Kafka is not there yet", service.Log, StringComparison.Ordinal));
        await _server.StartAsync(Cancellation);
        await ReadinessAsync(ready: true);
        await AssertWholeAsync();
    }

    private protected override async Task<ProcessDeployment> DeployAsync()
    {
        _server = await SharedKafka.StartAnotherAsync(new KafkaServerOptions(), Cancellation);
        return new ProcessDeployment(new KafkaStore(new SqliteStore(), _server), "collect", "aggregate", "archive", "serve");
    }

    private protected override async ValueTask EndServersAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
