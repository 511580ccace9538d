namespace RepoPulse.Configuration.Schema;

internal static class KafkaSchema
{
    public static readonly ListSetting<string> BootstrapServers = new("Kafka:BootstrapServers", ServerFormat)
    {
        Default = [],
        IsSupported = false,
        Description = "The brokers to begin with.",
    };

    public static readonly ScalarSetting<string?> TopicPrefix = new("Kafka:TopicPrefix", ValueFormats.Text("1 to 100 characters", maxLength: 100))
    {
        Default = "repopulse.",
        IsSupported = false,
        Description = "What the name of every topic begins with.",
    };

    public static readonly ScalarSetting<int> Partitions = new("Kafka:Partitions", ValueFormats.Integer(1, 10_000))
    {
        Default = 12,
        IsSupported = false,
        Description = "The number of partitions of every topic.",
    };

    public static readonly GroupSetting Security = new("Kafka:Security:*")
    {
        Default = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        IsSecret = true,
        IsSupported = false,
        Description = "Passed on to the Kafka client.",
    };

    public static IReadOnlyList<Setting> All { get; } = [BootstrapServers, TopicPrefix, Partitions, Security];

    private static ValueFormat<string> ServerFormat => new(
        "server",
        "host:port, such as localhost:9092",
        (string text, out string value) =>
        {
            value = text;
            return null;
        },
        server => server);
}
