using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;

namespace RepoPulse.ContractTests.Kafka;

public sealed class PartitionArchiverTests : KafkaTest
{
    [Theory]
    [InlineData(null)]
    [InlineData(2L)]
    public async Task It_goes_on_where_the_database_says_that_the_copy_stands(long? copied)
    {
        await Store.AppendAsync(Sample.Event(1), Sample.Event(2), Sample.Event(3));
        Assert.Equal(new[] { 1L, 2, 3 }.Skip((int)(copied ?? 0)), await CopyAsync(copied));
    }

    [Fact]
    public async Task A_topic_that_ends_before_the_copy_does_is_another_one_and_is_copied_from_its_beginning()
    {
        await Store.AppendAsync(Sample.Event(1), Sample.Event(2), Sample.Event(3));
        Assert.Equal([1, 2, 3], await CopyAsync(copied: 1_000));
    }

    private async Task<IEnumerable<long>> CopyAsync(long? copied)
    {
        var process = Open();
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(Cancellation);
        var archive = new Copy { Next = copied };
        var archiver = new PartitionArchiver(
            cluster, process.GetRequiredService<KafkaMetrics>(), archive, PartitionOfOne, NullLogger.Instance);
        await using (archiver)
            await archiver.StepAsync(Cancellation);
        Assert.Equal(3, archive.Next);
        return archive.Events;
    }

    private sealed class Copy : IEventArchive
    {
        public long? Next { get; set; }

        public List<long> Events { get; } = [];

        public ValueTask<long?> ReadNextAsync(int partition, CancellationToken cancellationToken) => new(Next);

        public ValueTask<AppendResult?> AppendAsync(
            int partition, long? from, long next, IReadOnlyList<ArchivedRun> runs, CancellationToken cancellationToken)
        {
            if (from != Next)
                return new((AppendResult?)null);
            Events.AddRange(runs.SelectMany(run => run.Events).Select(e => e.Key.Id.Value));
            Next = next;
            return new(new AppendResult(Events.Count, 0));
        }
    }
}
