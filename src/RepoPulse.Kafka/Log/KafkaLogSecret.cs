using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace RepoPulse.Kafka.Log;

/// <summary>Made from the cluster's id, which is random and told to nobody but its clients, and the topic's name: nothing has to be kept.</summary>
internal sealed class KafkaLogSecret(KafkaCluster cluster) : ILogSecret
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var admin = new AdminClientBuilder(cluster.Settings.Admin()).SetLogHandler(KafkaCluster.Ignore).SetErrorHandler((_, _) => { }).Build();
            var described = await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = Patience })
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            return SHA256.HashData(Encoding.UTF8.GetBytes($"{described.ClusterId}\n{cluster.Names.Events}"));
        }
        catch (KafkaException e)
        {
            throw cluster.Fault("asking for the cluster's id", e);
        }
    }
}
