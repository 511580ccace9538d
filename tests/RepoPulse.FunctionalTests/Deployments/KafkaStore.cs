using RepoPulse.FunctionalTests.Kafka;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>
/// Topics on the run's Kafka, and a store for those who archive the log and serve from the archive. The others are given none, so they use
/// none.
/// </summary>
/// <param name="server">A server of the test's own; the run's where it is left out.</param>
internal sealed class KafkaStore(IStore archive, KafkaServer? server = null) : IStore
{
    private KafkaTopics? _topics;

    public async Task<KafkaTopics> TopicsAsync() =>
        _topics ??= server?.CreateTopics()
            ?? await (await TestContext.Current.GetFixture<ThreeNodes>())!.CreateTopicsAsync(TestContext.Current.CancellationToken);

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
