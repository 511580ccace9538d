namespace RepoPulse.Configuration;

internal static class KafkaSchema
{
    public static readonly ListSetting<string> BootstrapServers = new("Kafka:BootstrapServers", AddressFormats.Broker)
    {
        Place = Sections.Kafka.Of(options => options.BootstrapServers, (options, value) => options with { BootstrapServers = value }),
        Description = "The brokers to begin with, from which the others are learned; needed with `EventLog:Provider=Kafka`.",
    };

    public static readonly ScalarSetting<string> TopicPrefix = new("Kafka:TopicPrefix", Prefix)
    {
        Place = Sections.Kafka.Of(options => options.TopicPrefix, (options, value) => options with { TopicPrefix = value }),
        Description = "What the name of every topic, group and transaction begins with.",
    };

    public static readonly ScalarSetting<int> Partitions = new("Kafka:Partitions", ValueFormats.Integer(1, 10_000))
    {
        Place = Sections.Kafka.Of(options => options.Partitions, (options, value) => options with { Partitions = value }),
        Description = "The partitions of every topic, fixed when it is made; the same for every service.",
    };

    public static IReadOnlyList<Setting> All { get; } = [BootstrapServers, TopicPrefix, Partitions];

    /// <summary>What Kafka takes in a topic's name, and short enough for what follows: that is 249 characters in all.</summary>
    private static ValueFormat<string> Prefix => new(
        "text",
        "1 to 100 letters, digits, dots, hyphens and underscores",
        (string text, out string value) =>
        {
            value = text;
            if (text.Length > 100)
                return "is longer than 100 characters";
            return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
                ? null
                : "has a character that is not allowed in a topic's name";
        },
        prefix => prefix);
}
