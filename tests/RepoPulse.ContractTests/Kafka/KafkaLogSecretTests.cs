using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.ContractTests.Kafka;

public sealed class KafkaLogSecretTests : KafkaTest
{
    [Fact]
    public async Task Processes_that_start_at_once_agree_and_one_that_starts_later_reads_the_same()
    {
        var atOnce = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await new Store(Open()).Secret.ReadAsync(Cancellation))));
        var later = await new Store(Open()).Secret.ReadAsync(Cancellation);

        Assert.All(atOnce, secret => Assert.Equal(later.ToArray(), secret.ToArray()));
        Assert.Equal(32, later.Length);
    }

    [Fact]
    public async Task It_does_not_follow_from_the_id_of_the_cluster()
    {
        var secret = await Store.Secret.ReadAsync(Cancellation);

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Topics.BootstrapServers }).Build();
        var cluster = await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = TimeSpan.FromSeconds(10) });
        Assert.NotEqual(SHA256.HashData(Encoding.UTF8.GetBytes($"{cluster.ClusterId}\n{Topics.Prefix}events")), secret.ToArray());
    }

    [Fact]
    public async Task Rubbish_in_its_topic_is_skipped_before_and_after_it_is_made()
    {
        await Open().GetRequiredService<KafkaCluster>().OpenAsync(Cancellation);
        var rubbish = new KafkaRubbish(Topics, seed: 11);
        await rubbish.WriteAsync("secrets", Cancellation);
        var secret = await Store.Secret.ReadAsync(Cancellation);
        await rubbish.WriteAsync("secrets", Cancellation);

        Assert.Equal(secret.ToArray(), (await new Store(Open()).Secret.ReadAsync(Cancellation)).ToArray());
    }
}
