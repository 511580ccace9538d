namespace RepoPulse.Configuration;

internal sealed record KafkaSettings
{
    public required IReadOnlyList<string> BootstrapServers { get; init; }

    public required string TopicPrefix { get; init; }

    public required int Partitions { get; init; }

    /// <summary>What is passed on to the client, by its own names.</summary>
    public required IReadOnlyDictionary<string, string> Client { get; init; }
}
