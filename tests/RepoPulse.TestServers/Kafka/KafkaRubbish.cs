using System.Text;
using Confluent.Kafka;

namespace RepoPulse.TestServers.Kafka;

/// <summary>
/// Records that no service writes: anyone who may write to a topic can put anything there. The same seed gives the same records.
/// </summary>
public sealed class KafkaRubbish(KafkaTopics topics, int seed)
{
    private const int RecordsOfPartition = 60;

    private static readonly string[] Keys =
    [
        "",
        "progress",
        "list:x",
        "list:",
        "collector:x",
        "1",
        "-1",
        "9223372036854775807",
        "repos/octo/a",
        "repos/octo/a\nx",
        "stream-ids:x",
        "\u0000",
        new('k', 20_000)
    ];

    private static readonly string[] Values =
    [
        "garbage", "", "{}", "[]", "null", "true", "{\"", "{\"feed\":", "9223372036854775807", "300000000000000000",
        "-9223372036854775808", new('[', 5_000),
        """{"registeredAt":"9999-12-31T23:59:59Z"}""",
        """{"tokens":null}""",
        """{"tokens":[null]}""",
        """{"tokens":[{"token":null,"waitsUntil":"9999-12-31T23:59:59Z"}],"toldAt":"0001-01-01T00:00:00Z"}""",
        """{"from":"9999-12-31T23:59:59Z","to":"0001-01-01T00:00:00Z","repositories":[1]}""",
        """{"asOf":"0001-01-01T00:00:00Z","offset":-1,"windowSeconds":-1,"windowEvents":-1}""",
        """{"repositoryId":-5,"names":null,"byEventType":[null]}""",
        """{"repositoryId":1,"names":[{"name":"no name","lastSeenAt":"0001-01-01T00:00:00Z"}],"asOf":"9999-12-31T23:59:59Z"}""",
        """{"repositoryId":1,"asOf":"2026-01-01T00:00:00Z","total":{"eventType":"\u0000","events":-1,"meanIntervalSeconds":-1e300}}""",
        """{"feed":"repos/octo/a","repositoryId":-1,"state":99,"intervals":[null],"names":[null]}""",
        """{"feed":"repos/octo/a","intervals":[{"from":"9999-12-31T23:59:59Z","to":"0001-01-01T00:00:00Z","state":7,"reason":null}]}""",
        """{"feed":"repos/octo/a","nextPollAt":"9999-12-31T23:59:59Z","cursor":null,"known":null}""",
        """{"feed":"repos/octo/a","nextPollAt":"9999-12-31T23:59:59Z","cursor":{"pages":null,"failures":-1,"eventsPerHour":1e308},"known":"AAAA"}""",
    ];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("id", ["17", "-1", "x", "99999999999999999999"]),
        ("type", ["WatchEvent", "", "\u0000"]),
        ("repository", ["octo/a", "no name", ""]),
        ("created_at", ["300000000000000000", "9223372036854775807", "-1", "x", ""]),
        ("source", ["api", "99", ""]),
    ];

    private readonly Random _random = new(seed);

    /// <summary>Writes into every partition of a topic, given without its prefix.</summary>
    /// <returns>How many records.</returns>
    public async Task<int> WriteAsync(string topic, CancellationToken cancellationToken)
    {
        using var admin = KafkaTopics.Administer(topics.BootstrapServers);
        var partitions = admin.GetMetadata(topics.Prefix + topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions.Count;
        using var producer =
            new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = topics.BootstrapServers }).Build();
        var written = new List<Task>();
        for (var partition = 0; partition < partitions; partition++)
        {
            for (var i = 0; i < RecordsOfPartition; i++)
                written.Add(producer.ProduceAsync(new TopicPartition(topics.Prefix + topic, partition), Next(topic), cancellationToken));
        }

        await Task.WhenAll(written);
        return written.Count;
    }

    private Message<byte[]?, byte[]?> Next(string topic)
    {
        var message = new Message<byte[]?, byte[]?>
        {
            Key = _random.Next(4) == 0 ? Bytes(12) : Encoding.UTF8.GetBytes(Pick(Keys)),
            Value = _random.Next(4) == 0 ? Bytes(200) : Encoding.UTF8.GetBytes(Pick(Values)),
        };

        // A record with no value under a key that is in use would be a deletion, and valid.
        if (_random.Next(10) == 0)
            message = new() { Key = Bytes(12), Value = null };
        if (topic == "events" && _random.Next(3) > 0)
        {
            message.Headers = [];
            foreach (var (name, values) in Headers)
                message.Headers.Add(name, Encoding.UTF8.GetBytes(Pick(values)));
        }

        return message;
    }

    private string Pick(string[] of) => of[_random.Next(of.Length)];

    private byte[] Bytes(int atMost)
    {
        var bytes = new byte[_random.Next(atMost)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
