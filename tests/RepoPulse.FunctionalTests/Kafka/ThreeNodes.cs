using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Kafka;

/// <summary>The Kafka of the whole run: three nodes, as those have it who want to lose none of their events with one.</summary>
public sealed class ThreeNodes : SharedKafka
{
    protected override KafkaServerOptions Options => new() { Nodes = 3 };
}
