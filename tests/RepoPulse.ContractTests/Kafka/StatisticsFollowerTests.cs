using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;
using RepoPulse.Statistics;

namespace RepoPulse.ContractTests.Kafka;

public sealed class StatisticsFollowerTests : KafkaTest
{
    private readonly AggregatorStatus _status = new();

    [Fact]
    public async Task An_API_is_ready_once_every_partition_is_folded_and_says_since_when_nobody_folds_one()
    {
        await Store.AppendAsync(Sample.Event(1, Sample.Noon.AddDays(-6)));
        var process = Open();
        var aggregators = await Task.WhenAll(
            Enumerable.Range(0, KafkaStorage.Partitions).Select(partition => AggregateAsync(process, partition)));
        var sink = new Sink();
        using var follower = Follow(sink, new WindowOptions());
        await ReportAsync(aggregators[1..]);
        await UntilAsync(() => _status.Current.Failure?.Contains("1 of 2 partitions yet", StringComparison.Ordinal) == true);
        Assert.False(_status.CaughtUp);

        await ReportAsync(aggregators[..1]);
        await UntilAsync(() => _status is { CaughtUp: true, Current.Failure: null });
        Assert.Equal(1, sink.Figures[new RepositoryId(1)].Total.Events);
        Assert.Equal(Sample.Noon.AddDays(1), sink.Figures[new RepositoryId(1)].ValidUntil);

        // They are there no more: what they said last is old from now on, and never passes for fresh.
        foreach (var aggregator in aggregators)
            await aggregator.DisposeAsync();
        // Each silence is measured from when the partition was last heard of here, and the two were not heard of at one moment.
        await UntilAsync(() => _status.Current.Failure?.Contains("Nobody folds 2 of 2 partitions", StringComparison.Ordinal) == true);
        Assert.True(Time.GetUtcNow() - Sample.Noon >= StatisticsFollower.MaxSilence);
        Assert.InRange(_status.Current.InStepAt!.Value, Sample.Noon, Sample.Noon.AddSeconds(30));
    }

    [Fact]
    public async Task Another_window_than_the_aggregators_is_reported()
    {
        var process = Open();
        var aggregators = await Task.WhenAll(
            Enumerable.Range(0, KafkaStorage.Partitions).Select(partition => AggregateAsync(process, partition)));
        using var follower = Follow(new Sink(), new WindowOptions { MaxEvents = 100 });
        await ReportAsync(aggregators);
        await UntilAsync(() => _status.Current.Failure?.Contains("Statistics:WindowEvents", StringComparison.Ordinal) == true);
        Assert.False(_status.CaughtUp);
        foreach (var aggregator in aggregators)
            await aggregator.DisposeAsync();
    }

    private StatisticsFollower Follow(IStatisticsSink sink, WindowOptions window)
    {
        var process = Open();
        var follower = new StatisticsFollower(
            process.GetRequiredService<KafkaCluster>(),
            process.GetRequiredService<CatalogTopics>(),
            sink,
            window,
            _status,
            Time,
            new Random(1),
            NullLogger<StatisticsFollower>.Instance);
        _ = follower.StartAsync(Cancellation);
        return follower;
    }

    private static async Task ReportAsync(IEnumerable<PartitionAggregator> aggregators)
    {
        foreach (var aggregator in aggregators)
        {
            while (!aggregator.Status.CaughtUp)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
            await aggregator.PublishProgressAsync(Cancellation);
        }
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            if (!isSo())
                Time.Advance(TimeSpan.FromSeconds(0.1));
        }
    }

    private sealed class Sink : IStatisticsSink
    {
        public Dictionary<RepositoryId, RepositorySnapshot> Figures { get; } = [];

        public ValueTask PublishAsync(IReadOnlyList<RepositorySnapshot> changed, CancellationToken cancellationToken)
        {
            foreach (var figures in changed)
                Figures[figures.RepositoryId] = figures;
            return ValueTask.CompletedTask;
        }
    }
}
