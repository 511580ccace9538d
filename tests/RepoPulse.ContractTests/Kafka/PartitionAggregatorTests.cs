using RepoPulse.ContractTests.Storage;
using RepoPulse.Statistics;

namespace RepoPulse.ContractTests.Kafka;

public sealed class PartitionAggregatorTests : KafkaTest
{
    [Fact]
    public async Task Nothing_is_published_before_the_end_that_the_log_had_is_folded()
    {
        await Store.AppendAsync([.. Enumerable.Range(1, 400).Select(id => Sample.Event(id, Sample.Noon.AddSeconds(-id)))]);
        var aggregator = await AggregateAsync(Open(), PartitionOfOne, new AggregatorOptions { BatchSize = 10 });
        await using (aggregator)
        {
            var published = await StatisticsUntilAsync(record => record.Total?.Events == 400);
            Assert.Single(published);
        }
    }

    [Fact]
    public async Task Duplicates_count_once()
    {
        var events = Enumerable.Range(1, 10).Select(id => Sample.Event(id, Sample.Noon.AddSeconds(-id))).ToArray();
        await Store.AppendAsync([.. events, .. events]);
        await Store.AppendAsync(events);
        var aggregator = await AggregateAsync(Open(), PartitionOfOne);
        await using (aggregator)
        {
            Assert.Equal([10], (await StatisticsUntilAsync(record => record.Total is not null)).Select(record => record.Total!.Events));
            await Store.AppendAsync([.. events, Sample.Event(11, Sample.Noon)]);
            Assert.Equal(
                [10, 11], (await StatisticsUntilAsync(record => record.Total!.Events != 10)).Select(record => record.Total!.Events));
        }
    }

    [Fact]
    public async Task What_a_webhook_and_a_poll_both_reported_counts_once_whichever_came_first_and_after_a_restart()
    {
        await Store.AppendAsync(Pushes.Polled(1, Sample.Noon.AddHours(-1)), Pushes.Polled(2, Sample.Noon.AddHours(-2)));
        await WebhookAsync(Pushes.Webhook(1, Sample.Noon.AddHours(-1)), Pushes.Webhook(3, Sample.Noon.AddHours(-3)));
        await Store.AppendAsync(Pushes.Polled(3, Sample.Noon.AddHours(-3)));
        for (var start = 1; start <= 2; start++)
        {
            var aggregator = await AggregateAsync(Open(), PartitionOfOne, new AggregatorOptions { BatchSize = 1 });
            await using (aggregator)
            {
                Assert.All(await StatisticsUntilAsync(record => record.Total is not null), record => Assert.Equal(3, record.Total!.Events));
                if (start == 1)
                    continue;
                await WebhookAsync(Pushes.Webhook(2, Sample.Noon.AddHours(-2)), Pushes.Webhook(4, Sample.Noon.AddHours(-4)));
                var published = await StatisticsUntilAsync(record => record.Total!.Events != 3);
                Assert.Equal(4, published[^1].Total!.Events);
            }
        }
    }

    [Fact]
    public async Task When_time_alone_takes_an_event_away_it_is_published_again()
    {
        await Store.AppendAsync(Sample.Event(1, Sample.Noon.AddDays(-6)), Sample.Event(2, Sample.Noon));
        var aggregator = await AggregateAsync(Open(), PartitionOfOne);
        await using (aggregator)
        {
            var first = await StatisticsUntilAsync(record => record.Total is not null);
            Assert.Equal(Sample.Noon.AddDays(1), first[^1].ValidUntil);

            // Both timers of the wait: that of the expiry may be set only a moment after the statistics are out.
            var published = StatisticsUntilAsync(record => record.Total?.Events == 1);
            while (!published.IsCompleted)
            {
                Time.Advance(TimeSpan.FromHours(1));
                await Task.WhenAny(published, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation));
            }

            Assert.Equal([2, 1], (await published).Select(record => record.Total!.Events));
        }
    }

    [Fact]
    public async Task What_a_predecessor_published_is_taken_back_where_nothing_is_left_of_it()
    {
        await Store.AppendAsync(Sample.Event(1, Sample.Noon));
        var predecessor = await AggregateAsync(Open(), PartitionOfOne);
        await using (predecessor)
            await StatisticsUntilAsync(record => record.Total is not null);

        Time.Advance(TimeSpan.FromDays(8));
        var successor = await AggregateAsync(Open(), PartitionOfOne);
        await using (successor)
        {
            while (!successor.Status.CaughtUp)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
            await successor.PublishProgressAsync(Cancellation);
            var published = await StatisticsUntilAsync(record => record.Total is null);
            Assert.Equal("acme/widget-1", Assert.Single(published[^1].Names).Name);
            Assert.Equal(Sample.Noon, published[^1].LastEventAt);
        }
    }

    private async Task WebhookAsync(params GitHubEvent[] events) =>
        await Store.Writer.AppendAsync(events, EventSource.Webhook, Cancellation);
}
