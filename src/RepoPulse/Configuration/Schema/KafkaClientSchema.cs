using RepoPulse.Kafka;

namespace RepoPulse.Configuration;

/// <summary>
/// The properties of the Kafka client by their own names, <c>Kafka:Client:NAME</c>. Those about security are other names of the keys of
/// <see cref="KafkaSecuritySchema"/>; any other is passed on as it is.
/// </summary>
internal static class KafkaClientSchema
{
    private const string Prefix = "Kafka:Client:";

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
            return name switch
            {
                "bootstrap.servers" or "metadata.broker.list" => "is set by Kafka:BootstrapServers",
                "group.id" or "transactional.id" => "is set by Kafka:TopicPrefix",
                _ when KafkaOptions.ReservedProperties.Contains(name) =>
                    "is RepoPulse's own: what it promises about events depends on it",
                _ => null,
            };
        },
        text => text ?? "none");
}
