using System.Globalization;
using System.Text.RegularExpressions;

namespace RepoPulse.Api;

/// <summary>
/// Durations as ISO 8601 writes them, in weeks, or in days, hours, minutes and seconds. Years and months are none: they have no fixed
/// length. Nor are fractions.
/// </summary>
internal static partial class Iso8601Duration
{
    /// <summary>Parts of more digits than a thousand years need are refused, so that no sum is out of range.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var match = Form().Match(text);
        if (!match.Success)
            return false;
        duration = TimeSpan.FromDays(7 * Number(match, "weeks") + Number(match, "days"))
            + TimeSpan.FromHours(Number(match, "hours"))
            + TimeSpan.FromMinutes(Number(match, "minutes"))
            + TimeSpan.FromSeconds(Number(match, "seconds"));
        return true;
    }

    private static int Number(Match match, string part) =>
        match.Groups[part] is { Success: true, ValueSpan: var digits }
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>At least one part stands after P, and after T.</summary>
    [GeneratedRegex(
        @"^P(?!\z)(?:(?<weeks>[0-9]{1,5})W|(?:(?<days>[0-9]{1,6})D)?(?:T(?!\z)(?:(?<hours>[0-9]{1,6})H)?(?:(?<minutes>[0-9]{1,7})M)?(?:(?<seconds>[0-9]{1,8})S)?)?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
