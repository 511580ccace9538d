namespace RepoPulse.TestServers.Kafka;

/// <summary>What differs from brokers as these tests have them.</summary>
public sealed record KafkaServerOptions
{
    /// <summary>
    /// Each is broker and controller. With three, topics have three replicas, two of which must hold what is acknowledged.
    /// </summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Of each node, in MB.</summary>
    public int Heap { get; init; } = 384;

    /// <summary>The compiler that starts soonest and no other. A broker that is measured, or runs for long, wants both.</summary>
    public bool QuickStart { get; init; } = true;

    /// <summary>Other settings of every broker, such as <c>message.max.bytes=2000000</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
