using System.Collections.Immutable;

namespace RepoPulse.Configuration;

/// <summary>A setting that is passed on to the Kafka client.</summary>
/// <param name="Name">What the client, librdkafka, calls it: <c>ssl.ca.location</c>.</param>
internal sealed record KafkaProperty(string Name, ScalarSetting<string?> Setting)
{
    public static SettingPlace<string?> PlaceOf(string name) => Sections.Kafka.Of(
        options => options.Client.GetValueOrDefault(name),
        (options, value) => options with { Client = options.Client.ToImmutableDictionary().SetItem(name, value!) });

    /// <summary>
    /// A property of any text, under its name with capitals in place of dots (<c>SslCaLocation</c>) and under the name itself.
    /// </summary>
    public static KafkaProperty Of(string name, string description) => Of(name, KafkaSecurityFormats.AnyText, description);

    public static KafkaProperty Secret(string name, string description) =>
        Of(name, KafkaSecurityFormats.AnyText, description, isSecret: true);

    /// <param name="key">The key's last part, where the name's form is not wanted for it.</param>
    /// <param name="mayHoldSecret">As <see cref="Setting.MayHoldSecret"/>.</param>
    /// <param name="emptyProblem">As <see cref="Setting.EmptyProblem"/>.</param>
    public static KafkaProperty Of(
        string name,
        ValueFormat<string?> format,
        string description,
        bool isSecret = false,
        string? key = null,
        string? preset = null,
        string? emptyProblem = null,
        bool mayHoldSecret = false)
    {
        var pascal = string.Concat(name.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return new(name, new($"Kafka:Security:{key ?? pascal}", format)
        {
            Place = PlaceOf(name),
            DefaultInWords = preset,
            Description = description,
            IsSecret = isSecret,
            MayHoldSecret = mayHoldSecret,
            EmptyProblem = emptyProblem,
            Aliases = [$"Kafka:Client:{name}", $"Kafka:Security:{name}", .. key is null ? [] : (string[])[$"Kafka:Security:{pascal}"]],
        });
    }
}
