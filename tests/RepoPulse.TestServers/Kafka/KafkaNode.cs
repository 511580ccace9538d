using System.Globalization;

namespace RepoPulse.TestServers.Kafka;

/// <summary>One of a cluster's nodes, which is broker and controller.</summary>
/// <param name="Id">From 1.</param>
/// <param name="Port">Where clients connect, on 127.0.0.1.</param>
internal sealed record KafkaNode(int Id, int Port, int ControllerPort)
{
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    private string ControllerAddress => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ControllerPort}");

    /// <summary>What its server.properties says.</summary>
    public IEnumerable<string> SettingsIn(string folder, IReadOnlyCollection<KafkaNode> nodes, IEnumerable<string> more)
    {
        var (replicas, inSync) = nodes.Count < 3 ? (1, 1) : (3, 2);
        FormattableString[] settings =
        [
            $"process.roles=broker,controller",
            $"node.id={Id}",
            $"controller.quorum.voters={string.Join(',', nodes.Select(node => $"{node.Id}@{node.ControllerAddress}"))}",
            $"listeners=PLAINTEXT://{Address},CONTROLLER://{ControllerAddress}",
            $"advertised.listeners=PLAINTEXT://{Address}",
            $"controller.listener.names=CONTROLLER",
            $"log.dirs={folder}/{Id}/data",
            $"auto.create.topics.enable=false",
            $"default.replication.factor={replicas}",
            $"min.insync.replicas={inSync}",
            $"offsets.topic.replication.factor={replicas}",
            $"transaction.state.log.replication.factor={replicas}",
            $"transaction.state.log.min.isr={inSync}",
            // Made when they are first used, which the first consumer and the first transaction wait for.
            $"offsets.topic.num.partitions=4",
            $"transaction.state.log.num.partitions=4",
            // Everybody who belongs to a group is there when a test begins.
            $"group.initial.rebalance.delay.ms=0",
            // A killed node is missed after this.
            $"broker.session.timeout.ms=6000",
            // For small heaps and many small topics.
            $"log.cleaner.dedupe.buffer.size=8388608",
            $"log.index.size.max.bytes=1048576",
        ];
        return [.. settings.Select(setting => setting.ToString(CultureInfo.InvariantCulture)), .. more];
    }
}
