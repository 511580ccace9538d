using System.Globalization;

namespace RepoPulse.Kafka.Topics;

/// <summary>What a topic must be like.</summary>
internal sealed record TopicLayout(string Name, int Partitions, IReadOnlyDictionary<string, string> Settings)
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string RetentionTime = "retention.ms";
    public const string TimestampType = "message.timestamp.type";

    public static IReadOnlyList<TopicLayout> Of(KafkaOptions options, TopicNames names) =>
    [
        // Record time is append time, or retention by the broker would delete at once what was just imported, and a search for the window's start
        // by time would pass over what came late.
        new(names.Events, options.Partitions, Make(
            (CleanupPolicy, "delete"),
            (RetentionTime, options.RetentionPeriod is { } period ? Milliseconds(period) : "-1"),
            (TimestampType, "LogAppendTime"),
            ("max.message.bytes", Clients.ClientSettings.MaxMessageBytes.ToString(CultureInfo.InvariantCulture)))),
        new(names.Statistics, options.Partitions, Compacted()),
        new(names.Feeds, options.Partitions, Compacted()),
        new(names.Cursors, options.Partitions, Compacted()),
        new(names.Coverage, options.Partitions, Compacted()),
        new(names.Archives, 1, Compacted()),

        // What is older than two days speaks of lists that have lapsed and of collectors that are gone.
        new(names.Collectors, 1, Make(
            (CleanupPolicy, "compact,delete"), (RetentionTime, Milliseconds(TimeSpan.FromDays(2))), (TimestampType, "LogAppendTime"))),
        new(names.Deliveries, 1, Make(
            (CleanupPolicy, "delete"), (RetentionTime, Milliseconds(IWebhookInbox.Memory)), (TimestampType, "LogAppendTime"))),
    ];

    /// <summary>Compacted early and in small segments: what is read whole at every start should not be much longer than what it holds.</summary>
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
