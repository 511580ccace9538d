namespace RepoPulse.Kafka.Topics;

/// <summary>What the topics are called.</summary>
internal sealed class TopicNames(KafkaOptions options)
{
    /// <summary>The log: GitHub's JSON, keyed by the repository's id in decimal digits.</summary>
    public string Events { get; } = options.TopicPrefix + "events";

    /// <summary>A repository's figures and names, partitioned as the events are.</summary>
    public string Statistics { get; } = options.TopicPrefix + "statistics";

    /// <summary>Which feed is on whose list, partitioned by the feed's address.</summary>
    public string Feeds { get; } = options.TopicPrefix + "feeds";

    /// <summary>How far a feed has been read, partitioned as the feeds are.</summary>
    public string Cursors { get; } = options.TopicPrefix + "cursors";

    /// <summary>What a feed's sweeps prove, and what its polls learned; partitioned as the feeds are.</summary>
    public string Coverage { get; } = options.TopicPrefix + "coverage";

    /// <summary>When a list was last registered, and what each collector's tokens wait for.</summary>
    public string Collectors { get; } = options.TopicPrefix + "collectors";

    /// <summary>The deliveries of webhooks that were taken.</summary>
    public string Deliveries { get; } = options.TopicPrefix + "deliveries";

    /// <summary>The archives that were imported.</summary>
    public string Archives { get; } = options.TopicPrefix + "archives";
}
