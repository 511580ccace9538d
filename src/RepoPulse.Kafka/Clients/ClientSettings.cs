using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>How the clients are set up. What the operator passes on comes last, but for what the guarantees stand on.</summary>
internal sealed class ClientSettings(KafkaOptions options)
{
    /// <summary>GitHub's largest events are some hundreds of kilobytes; a broker's own limit is one megabyte.</summary>
    public const int MaxMessageBytes = 8 * 1024 * 1024;

    /// <summary>How long a member of a group may be silent until its partitions go to others. Brokers allow 6 s and more.</summary>
    public static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(12);

    /// <summary>
    /// What the clients are given whatever is passed on, which then has no effect: the guarantees stand on it, or another key sets it. The
    /// client knows some under a second name.
    /// </summary>
    public static IReadOnlySet<string> Reserved { get; } = FindReserved();

    /// <summary>
    /// Who leads a partition is soon asked for again: such a client turns to the leader that it knows of however often that one refuses,
    /// and would miss the successor of a broker that is gone for a quarter of an hour.
    /// </summary>
    public AdminClientConfig Admin()
    {
        var config = Base(new AdminClientConfig());
        config.MetadataMaxAgeMs = 2_000;
        return config;
    }

    /// <summary>A producer whose records are on every replica in step once it says so, each once.</summary>
    /// <param name="transactionalId">Null for none.</param>
    public ProducerConfig Producer(string? transactionalId = null)
    {
        var config = Base(new ProducerConfig());
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.CompressionType = config.CompressionType is null or CompressionType.None ? CompressionType.Zstd : config.CompressionType;
        config.LingerMs ??= 5;
        config.MessageMaxBytes = MaxMessageBytes;
        config.MessageTimeoutMs = 30_000;
        config.QueueBufferingMaxMessages = 1_000_000;
        config.QueueBufferingMaxKbytes = 512 * 1024;
        if (transactionalId is null)
            return config;
        config.TransactionalId = options.TopicPrefix + transactionalId;
        config.TransactionTimeoutMs = 15_000;
        config.MessageTimeoutMs = 15_000;
        config.LingerMs = 0;
        return config;
    }

    /// <summary>A consumer of partitions that are given to it, which sees nothing of a transaction that was not committed.</summary>
    /// <param name="wait">How long a broker may hold a request back until there is something to return: so long, too, waits what is asked
    /// after it.</param>
    public ConsumerConfig Reader(TimeSpan wait)
    {
        var config = Base(new ConsumerConfig());
        // A group must be named; nothing is ever committed to it.
        config.GroupId = options.TopicPrefix + "readers";
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        config.EnablePartitionEof = true;
        config.IsolationLevel = IsolationLevel.ReadCommitted;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        config.MessageMaxBytes = MaxMessageBytes;
        config.FetchWaitMaxMs = (int)wait.TotalMilliseconds;
        config.QueuedMinMessages = 20_000;
        config.QueuedMaxMessagesKbytes ??= 32 * 1024;
        config.TopicMetadataRefreshIntervalMs = 30_000;
        return config;
    }

    /// <summary>A member of a group, which is assigned partitions and reads nothing itself.</summary>
    public ConsumerConfig Member(string group)
    {
        var config = Base(new ConsumerConfig());
        config.GroupId = options.TopicPrefix + group;
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        config.AutoOffsetReset = AutoOffsetReset.Latest;
        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        config.SessionTimeoutMs = (int)SessionTimeout.TotalMilliseconds;
        config.HeartbeatIntervalMs = 2_000;
        config.QueuedMinMessages = 1;
        config.QueuedMaxMessagesKbytes = 64;
        return config;
    }

    private static HashSet<string> FindReserved()
    {
        var own = new ClientSettings(new KafkaOptions { BootstrapServers = [] });
        ClientConfig[] configs = [own.Admin(), own.Producer(), own.Producer(""), own.Reader(TimeSpan.Zero), own.Member("")];
        HashSet<string> reserved =
            [.. configs.SelectMany(config => config).Select(property => property.Key), "metadata.broker.list", "request.required.acks",
                "delivery.timeout.ms"];
        // Set only where nothing is passed on.
        reserved.ExceptWith(["compression.type", "linger.ms", "queued.max.messages.kbytes", "reconnect.backoff.max.ms"]);
        return reserved;
    }

    private T Base<T>(T config)
        where T : ClientConfig
    {
        foreach (var (name, value) in options.Client)
            config.Set(name, value);
        config.BootstrapServers = string.Join(',', options.BootstrapServers);
        config.AllowAutoCreateTopics = false;
        config.ReconnectBackoffMaxMs ??= 2_000;
        return config;
    }
}
