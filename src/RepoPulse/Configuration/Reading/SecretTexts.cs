using System.Data.Common;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Configuration;

/// <summary>
/// The secrets that were given. Messages are written without them in the first place; this is for those of libraries, which may quote what
/// they were given.
/// </summary>
internal sealed class SecretTexts(IEnumerable<string> given)
{
    /// <summary>A shorter text stands by chance in words that have nothing to do with it.</summary>
    private const int MinLength = 4;

    /// <summary>The longest first: one may be a part of another.</summary>
    private readonly IReadOnlyList<string> _texts =
        [.. given.SelectMany(PartsOf)
            .Where(text => text.Length >= MinLength)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(text => text.Length)];

    public static SecretTexts None { get; } = new([]);

    public string Hide(string message) => _texts.Aggregate(
        HttpErrors.WithoutUsers(message), (shown, text) => shown.Replace(text, SecretLook.Hidden, StringComparison.Ordinal));

    /// <summary>The whole, its lines (of a key in PEM form), and the secret parts of a connection string.</summary>
    private static IEnumerable<string> PartsOf(string text)
    {
        yield return text;
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            foreach (var line in text
                .Split('\n', StringSplitOptions.TrimEntries)
                .Where(line => !line.StartsWith("-----", StringComparison.Ordinal)))
                yield return line;
        }

        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            yield break;
        }

        foreach (string name in pairs.Keys)
        {
            if (IsSecret(name) && pairs[name].ToString() is { } value)
                yield return value;
        }
    }

    private static bool IsSecret(string name) =>
        name.Contains("pass", StringComparison.OrdinalIgnoreCase) || name.Contains("pwd", StringComparison.OrdinalIgnoreCase);
}
