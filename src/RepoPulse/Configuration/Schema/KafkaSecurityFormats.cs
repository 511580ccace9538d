namespace RepoPulse.Configuration;

/// <summary>The forms of what the Kafka client takes, all of them texts.</summary>
internal static class KafkaSecurityFormats
{
    /// <summary>Of several lines too: keys and certificates in PEM form have them.</summary>
    public static ValueFormat<string?> AnyText { get; } = new(
        "text",
        "any text",
        (string text, out string? value) =>
        {
            value = text;
            return null;
        },
        text => text ?? "none");

    /// <summary>
    /// One of some names as the client spells them, without regard to case and to what parts their words: <c>SaslSsl</c> is
    /// <c>sasl_ssl</c>.
    /// </summary>
    public static ValueFormat<string?> Choice(params IReadOnlyList<string> names) => new(
        "choice",
        string.Join(", ", names),
        (string text, out string? value) =>
        {
            value = names.FirstOrDefault(name => Bare(name).Equals(Bare(text), StringComparison.OrdinalIgnoreCase));
            return value is null ? "is not one of the choices" : null;
        },
        text => text ?? "none");

    private static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
