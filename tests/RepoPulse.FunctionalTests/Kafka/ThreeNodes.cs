using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Kafka;

/// <summary>One cluster of three nodes for all tests that need as many. They take turns, and each finds every node running.</summary>
public sealed class ThreeNodes : IAsyncDisposable
{
    private KafkaServer? _server;

    /// <summary>Where none can be started the test is skipped, in CI it fails.</summary>
    public async Task<KafkaServer> StartAsync(CancellationToken cancellationToken)
    {
        LongTests.Require();
        _server ??= await SharedKafka.StartAnotherAsync(new() { Nodes = 3 }, cancellationToken);
        await _server.StartAsync(cancellationToken);
        return _server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
