using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace RepoPulse.TestServers.Kafka;

/// <summary>A name for the topics of one test to begin with; they are deleted when it is disposed of.</summary>
public sealed class KafkaTopics : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal KafkaTopics(string bootstrapServers) => BootstrapServers = bootstrapServers;

    public string BootstrapServers { get; }

    /// <summary>What each topic's name begins with, and what groups and transactional ids should.</summary>
    public string Prefix { get; } = $"test-{Guid.NewGuid():n}.";

    public async ValueTask DisposeAsync()
    {
        using var admin = Administer(BootstrapServers);
        try
        {
            var topics = admin.GetMetadata(Limit).Topics
                .Select(topic => topic.Topic)
                .Where(topic => topic.StartsWith(Prefix, StringComparison.Ordinal))
                .ToArray();
            if (topics.Length > 0)
                await admin.DeleteTopicsAsync(topics, new DeleteTopicsOptions { RequestTimeout = Limit });
        }
        catch (KafkaException)
        {
            // The broker is down, and its topics go with its folder; or it is away, and has one test's topics too many.
        }
    }

    internal static IAdminClient Administer(string bootstrapServers) =>
        // What goes wrong is reported by the calls; the client would write to the terminal.
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).SetLogHandler((_, _) => { }).Build();
}
