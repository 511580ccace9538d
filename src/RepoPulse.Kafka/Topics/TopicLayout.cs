using System.Globalization;

namespace RepoPulse.Kafka;

/// <summary>What a topic must be like.</summary>
internal sealed record TopicLayout(string Name, int Partitions, IReadOnlyDictionary<string, string> Settings)
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string RetentionTime = "retention.ms";
    public const string TimestampType = "message.timestamp.type";

    public static IReadOnlyList<TopicLayout> Of(KafkaOptions options, TopicNames names) =>
    [
        // Record time is append time, or retention by the broker would delete at once what was just imported, and a search for the window's
        // start by time would pass over what came late.
        new(names.Events, options.Partitions, Make(
            (CleanupPolicy, "delete"),
            (RetentionTime, options.RetentionPeriod is { } period ? Milliseconds(period) : "-1"),
            (TimestampType, "LogAppendTime"),
            ("max.message.bytes", ClientSettings.MaxMessageBytes.ToString(CultureInfo.InvariantCulture)))),
        new(names.Statistics, options.Partitions, Compacted()),
        new(names.Feeds, options.Partitions, Compacted()),
        new(names.Cursors, options.Partitions, Compacted()),
        new(names.Coverage, options.Partitions, Compacted()),
        new(names.Archives, 1, Compacted()),
        new(names.Secrets, 1, Compacted()),

        // What is older than two days speaks of lists that have lapsed and of collectors that are gone.
        new(names.Collectors, 1, Make(
            (CleanupPolicy, "compact,delete"), (RetentionTime, Milliseconds(TimeSpan.FromDays(2))), (TimestampType, "LogAppendTime"))),
        new(names.Deliveries, 1, Make(
            (CleanupPolicy, "delete"), (RetentionTime, Milliseconds(IWebhookInbox.Memory)), (TimestampType, "LogAppendTime"))),
    ];

    /// <summary>
    /// Compacted early and in small segments: what is read whole at every start should not be much longer than what it holds.
    /// </summary>
    private static Dictionary<string, string> Compacted() => Make(
        (CleanupPolicy, "compact"),
        (TimestampType, "LogAppendTime"),
        ("segment.ms", Milliseconds(TimeSpan.FromHours(1))),
        ("segment.bytes", (64 * 1024 * 1024).ToString(CultureInfo.InvariantCulture)),
        ("min.cleanable.dirty.ratio", "0.2"));

    private static Dictionary<string, string> Make(params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            all.Add(name, value);
        return all;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the topics are called.</summary>
internal sealed class TopicNames(KafkaOptions options)
{
    /// <summary>The log: GitHub's JSON, keyed by the repository's id in decimal digits.</summary>
    public string Events { get; } = options.TopicPrefix + "events";

    /// <summary>A repository's statistics and names, partitioned as the events are.</summary>
    public string Statistics { get; } = options.TopicPrefix + "statistics";

    /// <summary>Which feed is on whose list, partitioned by the feed's address.</summary>
    public string Feeds { get; } = options.TopicPrefix + "feeds";

    /// <summary>How far a feed has been read, partitioned as the feeds are.</summary>
    public string Cursors { get; } = options.TopicPrefix + "cursors";

    /// <summary>What a feed's sweeps prove, and what its polls learned; partitioned as the feeds are.</summary>
    public string Coverage { get; } = options.TopicPrefix + "coverage";

    /// <summary>When a list was last registered, and what each collector's tokens wait for.</summary>
    public string Collectors { get; } = options.TopicPrefix + "collectors";

    /// <summary>The deliveries of webhooks that were taken.</summary>
    public string Deliveries { get; } = options.TopicPrefix + "deliveries";

    /// <summary>Random secrets of this deployment: the one that stream ids are encrypted with.</summary>
    public string Secrets { get; } = options.TopicPrefix + "secrets";

    /// <summary>The archives that were imported.</summary>
    public string Archives { get; } = options.TopicPrefix + "archives";
}
