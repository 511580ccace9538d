using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>Compaction knows no compare-and-set: who was taken for dead must not write over what a successor wrote.</summary>
public sealed class KafkaFencingTests : KafkaTest
{
    private static readonly FeedAddress Widget = Sample.Feed("acme/widget");

    private static int PartitionOfWidget => FeedKeys.Partition(Widget, KafkaStorage.Partitions);

    [Fact]
    public async Task A_collector_that_lost_a_feed_cannot_move_its_cursor()
    {
        var successor = new Store(Open());
        Share(Store);
        Share(successor);
        await TakeAsync(Store);
        Assert.True(await SaveAsync(Store, failures: 1));

        await TakeAsync(successor);
        Assert.Equal(1, (await successor.Feeds.ReadCursorAsync(Widget, Cancellation)).Failures);
        Assert.True(await SaveAsync(successor, failures: 2));
        Assert.False(await SaveAsync(Store, failures: 3));

        var third = new Store(Open());
        Assert.Equal(2, (await third.Feeds.ReadCursorAsync(Widget, Cancellation)).Failures);
    }

    [Fact]
    public async Task A_collector_saves_nothing_of_a_partition_that_the_group_did_not_give_it()
    {
        Share(Store);
        Assert.False(await SaveAsync(Store, failures: 1));
    }

    [Fact]
    public async Task An_aggregator_that_lost_a_partition_publishes_nothing_more_of_it()
    {
        var before = await AggregateAsync(Open(), PartitionOfOne);
        await using (before)
        {
            await Store.AppendAsync(Sample.Event(1, Sample.Noon.AddHours(-1)));
            await StatisticsUntilAsync(record => record.Total?.Events == 1);

            var after = await AggregateAsync(Open(), PartitionOfOne);
            await using (after)
            {
                await Store.AppendAsync(Sample.Event(2, Sample.Noon));
                await StatisticsUntilAsync(record => record.Total?.Events == 2);
                while (!before.IsFenced)
                    await TryPublishAsync(before);
                Assert.Single(await StatisticsUntilAsync(record => record.Total?.Events == 2), record => record.Total?.Events == 2);
            }
        }
    }

    /// <summary>Its own attempt to publish may have reported it already; if not, this does.</summary>
    private static async Task TryPublishAsync(PartitionAggregator aggregator)
    {
        try
        {
            await aggregator.PublishProgressAsync(Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
        catch (StorageException)
        {
            Assert.True(aggregator.IsFenced);
        }
    }

    private static void Share(Store store) => store.Services.GetRequiredService<FeedPartitions>().IsShared = true;

    private static async Task TakeAsync(Store store) =>
        await store.Services.GetRequiredService<FeedPartitions>().OpenAsync(PartitionOfWidget, Cancellation);

    private static async Task<bool> SaveAsync(Store store, int failures) =>
        await store.Feeds.SaveAsync(Widget, new FeedCursor { Failures = failures }, null, [], Cancellation);
}
