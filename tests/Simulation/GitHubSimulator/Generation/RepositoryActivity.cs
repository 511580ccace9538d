using System.Globalization;

namespace GitHubSimulator.Generation;

/// <summary>How busy a made-up repository is.</summary>
/// <param name="EventsPerHour">The mean over a week, from 0 (idle) to thousands.</param>
public sealed record RepositoryActivity(string Name, double EventsPerHour)
{
    public bool OwnerIsOrganization { get; init; } = true;

    /// <summary>Reads <c>owner/name:120</c>.</summary>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static RepositoryActivity Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var isWellFormed = name.Split('/') is [{ Length: > 0 }, { Length: > 0 }];
        return isWellFormed && double.TryParse(text[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && double.IsFinite(rate) && rate >= 0
            ? new RepositoryActivity(name, rate)
            : throw new FormatException($"'{text}' is not owner/name:events-per-hour, for instance dotnet/runtime:120.");
    }
}
