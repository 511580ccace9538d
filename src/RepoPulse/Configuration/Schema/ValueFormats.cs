using System.Data.Common;
using System.Globalization;

namespace RepoPulse.Configuration;

/// <summary>The forms of values that are not addresses or durations.</summary>
internal static class ValueFormats
{
    public static ValueFormat<bool> Boolean { get; } = new("boolean", "true or false", ParseBoolean, value => value ? "true" : "false");

    public static ValueFormat<RepositoryName> Repository { get; } = new(
        "repository",
        "owner/name, such as dotnet/runtime",
        (string text, out RepositoryName name) => RepositoryName.TryParse(text, out name) ? null : "is not a repository",
        name => name.FullName);

    public static ValueFormat<FeedAddress> Organization { get; } = new(
        "organization",
        "a name of letters, digits and hyphens, such as dotnet",
        (string text, out FeedAddress feed) => FeedAddress.TryParse("orgs/" + text, out feed) ? null : "is not an organization",
        feed => feed.ToString()["orgs/".Length..]);

    public static ValueFormat<string> RepositoryPattern { get; } = new(
        "pattern", "owner/name, owner/*, *, !owner/name or !owner/*", ParseRepositoryPattern, text => text);

    /// <summary>Anything that may stand in an HTTP header as a token.</summary>
    public static ValueFormat<string> Credential { get; } = new(
        "secret", "visible ASCII characters without spaces", ParseCredential, text => text);

    public static ValueFormat<string> ConnectionString { get; } = new(
        "text", "a connection string: name=value pairs with semicolons between", ParseConnectionString, text => text);

    public static ValueFormat<string?> Text(string allowed, int maxLength = 1000) => new(
        "text",
        allowed,
        (string text, out string? value) =>
        {
            value = text;
            return text.Length > maxLength
                ? $"is longer than {maxLength} characters"
                : text.Any(char.IsControl) ? "has a control character" : null;
        },
        text => text ?? "none");

    public static ValueFormat<int> Integer(int min, int max) => new(
        "integer",
        string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"),
        (string text, out int value) =>
        {
            if (!text.All(char.IsAsciiDigit) && !(text[0] == '-' && text.Length > 1 && text.Skip(1).All(char.IsAsciiDigit)))
            {
                value = 0;
                return "is not a whole number";
            }

            var parsed = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
            return parsed && value >= min && value <= max ? null : "is out of range";
        },
        value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>One of some names, without regard to case.</summary>
    public static ValueFormat<T> Choice<T>(IReadOnlyList<(string Name, T Value)> choices)
        where T : struct => new(
            "choice",
            string.Join(", ", choices.Select(choice => choice.Name)),
            (string text, out T value) =>
            {
                foreach (var (name, choice) in choices)
                {
                    if (!name.Equals(text, StringComparison.OrdinalIgnoreCase))
                        continue;
                    value = choice;
                    return null;
                }

                value = default;
                return "is not one of the choices";
            },
            value => choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Name);

    private static string? ParseBoolean(string text, out bool value) => bool.TryParse(text, out value) ? null : "is not a boolean";

    private static string? ParseRepositoryPattern(string text, out string pattern)
    {
        pattern = text;
        if (text == "*")
            return null;
        var shown = text.StartsWith('!') ? text[1..] : text;
        // A name of one letter stands in for the star, so that the owner is judged by the same rule as in a name.
        var sample = shown.EndsWith("/*", StringComparison.Ordinal) ? shown[..^1] + "x" : shown;
        return RepositoryName.TryParse(sample, out _) ? null : "is not a pattern of repositories";
    }

    private static string? ParseCredential(string text, out string value)
    {
        value = text;
        return text.All(c => c is > ' ' and <= '~') ? null : "has a space, or a character that is not ASCII";
    }

    private static string? ParseConnectionString(string text, out string value)
    {
        value = text;
        try
        {
            _ = new DbConnectionStringBuilder { ConnectionString = text };
            return null;
        }
        catch (ArgumentException)
        {
            return "is not a connection string";
        }
    }
}

/// <summary>How a value is written.</summary>
/// <param name="Kind">The name of the form, for the reference: <c>duration</c>.</param>
/// <param name="Allowed">What is allowed, for the reference and for errors: <c>1 to 1000</c>.</param>
/// <param name="Parse">Reads a text.</param>
/// <param name="Show">Writes a value in the form that the reference shows.</param>
internal sealed record ValueFormat<T>(string Kind, string Allowed, ValueParser<T> Parse, Func<T, string> Show);

/// <summary>Reads a value from a text, already trimmed and not empty.</summary>
/// <returns>Null, or what is wrong, to be read after the value and never quoting it: <c>is not a duration</c>.</returns>
internal delegate string? ValueParser<T>(string text, out T value);
