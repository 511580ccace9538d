namespace RepoPulse.Kafka;

/// <summary>Where the brokers are, and how the topics are made.</summary>
public sealed record KafkaOptions
{
    /// <summary>host:port of one broker or more; the others are learned from them.</summary>
    public required IReadOnlyList<string> BootstrapServers { get; init; }

    /// <summary>What every topic, group and transactional id begins with.</summary>
    public string TopicPrefix { get; init; } = "repopulse.";

    /// <summary>Of the topics of events and statistics, and of those of feeds: fixed when they are made.</summary>
    public int Partitions { get; init; } = 12;

    /// <summary>How long events are kept; null for ever.</summary>
    public TimeSpan? RetentionPeriod { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The properties that have no effect in <see cref="Client"/>, because RepoPulse sets them itself.</summary>
    public static IReadOnlySet<string> ReservedProperties => ClientSettings.Reserved;

    /// <summary>Passed on to the client as they are: librdkafka's names and values, such as <c>security.protocol</c>.</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
