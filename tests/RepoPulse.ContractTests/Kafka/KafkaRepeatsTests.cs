using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>The log holds an event twice where a poll is repeated; a stream that goes on between the two must not send it again.</summary>
public sealed class KafkaRepeatsTests : KafkaTest
{
    [Fact]
    public async Task What_stood_in_the_log_before_is_known_to_a_reader_that_goes_on_in_between_in_another_process()
    {
        await Store.AppendAsync(Sample.Event(1));
        await Store.AppendAsync(Sample.Event(2));
        var (_, between) = await Store.FollowAsync(LogPosition.Start);
        await Store.AppendAsync(Sample.Event(3));
        await Store.AppendAsync(Sample.Event(1));

        var batch = await new Store(Open()).Reader.ReadPageAsync(between, 10, int.MaxValue, Cancellation);

        Assert.Equal([Sample.Event(3).Key, Sample.Event(1).Key], batch.Events.Select(e => e.Key));
        Assert.Equal([1], batch.Repeats);
        Assert.Empty((await new Store(Open()).Reader.ReadPageAsync(LogPosition.Start, 3, int.MaxValue, Cancellation)).Repeats);
    }
}
