using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;
using RepoPulse.Statistics;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>Topics of its own on a real broker.</summary>
/// <param name="aggregates">Whether every process folds what is appended, which the catalog needs for the names that events have.</param>
public sealed class KafkaStorage(bool aggregates = false) : StorageUnderTest
{
    public const int Partitions = 2;

    private KafkaTopics? _topics;

    public override bool ReportsDuplicates => false;

    public override bool KeepsOneOrder => false;

    public override bool RemembersNames => true;

    public static async ValueTask<KafkaTopics> CreateTopicsAsync() =>
        await ((await TestContext.Current.GetFixture<SharedKafka>())
            ?? throw new InvalidOperationException("The assembly has no fixture for Kafka."))
            .CreateTopicsAsync(TestContext.Current.CancellationToken);

    public static KafkaOptions Options(KafkaTopics topics) =>
        new() { BootstrapServers = [topics.BootstrapServers], TopicPrefix = topics.Prefix, Partitions = Partitions };

    public static ServiceCollection Services(KafkaOptions options, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<Random>();
        services.AddKafka(options);
        services.AddKafkaCollector();
        services.AddKafkaStatistics(new AggregatorOptions());
        return services;
    }

    public override async ValueTask<Store> OpenAsync(TimeProvider time)
    {
        _topics ??= await CreateTopicsAsync();
        var services = Services(Options(_topics), time);
        services.AddSingleton<KafkaRepositoryCatalog>();
        services.AddSingleton<IRepositoryCatalog>(provider => new CaughtUpCatalog(
            provider.GetRequiredService<KafkaRepositoryCatalog>(),
            provider.GetRequiredService<CatalogTopics>(),
            aggregates ? StartAsync(provider, time) : Task.FromResult<IReadOnlyList<PartitionAggregator>>([]),
            provider.GetRequiredService<KafkaCluster>(),
            provider.GetRequiredService<KafkaMetrics>()));
        return new Store(services.BuildServiceProvider(validateScopes: true));
    }

    public override ValueTask DisposeAsync() => _topics?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<IReadOnlyList<PartitionAggregator>> StartAsync(IServiceProvider provider, TimeProvider time)
    {
        var cluster = provider.GetRequiredService<KafkaCluster>();
        var metrics = provider.GetRequiredService<KafkaMetrics>();
        await cluster.OpenAsync(TestContext.Current.CancellationToken);
        var factory = new AggregatorFactory(
            new AggregatorOptions(),
            new AggregatorMetrics(provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), new AggregatorStatus()),
            time,
            SystemDefaults.Random,
            NullLoggerFactory.Instance);
        return await Task.WhenAll(Enumerable.Range(0, Partitions).Select(
            number => PartitionAggregator.StartAsync(
                cluster, metrics, factory, new EvidenceOptions(), number, time, TestContext.Current.CancellationToken)));
    }
}
