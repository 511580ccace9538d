using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.Kafka;

namespace RepoPulse.ContractTests.Kafka;

public sealed class PartitionGroupTests : KafkaTest
{
    [Fact]
    public async Task Members_know_their_shares_once_the_group_has_assigned_them_and_one_too_many_knows_that_it_has_none()
    {
        var process = Open();
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(Cancellation);
        PartitionGroup[] members =
        [
            .. Enumerable.Range(0, KafkaStorage.Partitions + 1).Select(_ => new PartitionGroup(
                cluster, process.GetRequiredService<KafkaMetrics>(), cluster.Names.Events, "members", NullLogger.Instance)),
        ];
        try
        {
            Assert.All(members, member => Assert.False(member.HasAssignment));
            while (members.Sum(member => member.Join().Count) < KafkaStorage.Partitions || !members.All(member => member.HasAssignment))
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            Assert.Contains(members, member => member.Join().Count == 0);
        }
        finally
        {
            await Task.WhenAll(members.Select(member => member.DisposeAsync().AsTask()));
        }
    }
}
