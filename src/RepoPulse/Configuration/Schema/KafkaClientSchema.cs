namespace RepoPulse.Configuration;

/// <summary>
/// The properties of the Kafka client by their own names, <c>Kafka:Client:NAME</c>. Those about security are other names of the keys of
/// <see cref="KafkaSecuritySchema"/>; any other is passed on as it is.
/// </summary>
internal static class KafkaClientSchema
{
    private const string Prefix = "Kafka:Client:";

    /// <summary>What the guarantees stand on, or another key sets.</summary>
    private static readonly Dictionary<string, string> Reserved = new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = "is set by Kafka:BootstrapServers",
        ["metadata.broker.list"] = "is set by Kafka:BootstrapServers",
        ["group.id"] = "is set by Kafka:TopicPrefix",
        ["transactional.id"] = "is set by Kafka:TopicPrefix",
        ["allow.auto.create.topics"] = OfTheProgram,
        ["enable.idempotence"] = OfTheProgram,
        ["acks"] = OfTheProgram,
        ["request.required.acks"] = OfTheProgram,
        ["isolation.level"] = OfTheProgram,
        ["enable.auto.commit"] = OfTheProgram,
        ["enable.auto.offset.store"] = OfTheProgram,
        ["auto.offset.reset"] = OfTheProgram,
        ["partition.assignment.strategy"] = OfTheProgram,
        ["message.max.bytes"] = OfTheProgram,
    };

    private const string OfTheProgram = "is RepoPulse's own: what it promises about events depends on it";

    public static bool IsOne(string key) => key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && key.Length > Prefix.Length;

    /// <summary>The setting of a property that is no other key's, from its whole key.</summary>
    public static Setting Create(string key) => CreateOf(key[Prefix.Length..].ToLowerInvariant());

    private static ScalarSetting<string?> CreateOf(string name) => new(Prefix + name, ValueOf(name))
    {
        Place = KafkaProperty.PlaceOf(name),
        Description = $"Passed on as `{name}`.",
        // Whether it is a secret is not known.
        MayHoldSecret = true,
    };

    private static ValueFormat<string?> ValueOf(string name) => new(
        "text",
        "a property of librdkafka that RepoPulse does not set itself",
        (string text, out string? value) =>
        {
            value = text;
            if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_'))
                return "is no name of a property: letters, digits, dots and underscores are allowed";
            return Reserved.GetValueOrDefault(name);
        },
        text => text ?? "none");
}
