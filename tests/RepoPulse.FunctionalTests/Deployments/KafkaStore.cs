using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>
/// Topics on a Kafka, the run's unless another is given, and a store for those who archive the log and answer from the archive. The others are told of
/// none, so they use none.
/// </summary>
internal sealed class KafkaStore(IStore archive, KafkaServer? server = null) : IStore
{
    private KafkaTopics? _topics;

    public async Task<KafkaTopics> TopicsAsync() => _topics ??= server is not null
        ? server.CreateTopics()
        : await LongTests.Require(await TestContext.Current.GetFixture<SharedKafka>())!.CreateTopicsAsync(TestContext.Current.CancellationToken);

    public async Task<string[]> SettingsAsync(string command)
    {
        var topics = await TopicsAsync();
        string[] settings =
        [
            "--EventLog:Provider=Kafka",
            $"--Kafka:BootstrapServers={topics.BootstrapServers}",
            $"--Kafka:TopicPrefix={topics.Prefix}",
            "--Kafka:Partitions=4",
        ];
        return command is "archive" or "serve" ? [.. settings, .. await archive.SettingsAsync(command)] : settings;
    }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        if (_topics is not null)
            await _topics.DisposeAsync();
    }
}
