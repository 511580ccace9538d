using System.Globalization;
using System.Text.RegularExpressions;

namespace RepoPulse.Configuration;

/// <summary>
/// Reads durations in three forms: <c>d.hh:mm:ss</c>, short (<c>1d12h</c>, <c>90s</c>, <c>500ms</c>) and ISO 8601 (<c>P1DT12H</c>). A bare
/// number has no unit and is none; nor is anything in months or years, whose length differs.
/// </summary>
internal static partial class Duration
{
    public static ValueFormat<TimeSpan> Between(TimeSpan min, TimeSpan max) => new(
        "duration",
        $"{Show(min)} to {Show(max)}, in a form such as 00:15:00, 15m or PT15M",
        (string text, out TimeSpan value) => Parse(text, min, max, out value),
        Show);

    /// <summary>A duration, or null for <c>forever</c>.</summary>
    public static ValueFormat<TimeSpan?> BetweenOrForever(TimeSpan min, TimeSpan max) => new(
        "duration",
        $"forever, or {Show(min)} to {Show(max)}, in a form such as 7.00:00:00, 7d or P7D",
        (string text, out TimeSpan? value) =>
        {
            value = null;
            if (text.Equals("forever", StringComparison.OrdinalIgnoreCase))
                return null;
            var problem = Parse(text, min, max, out var duration);
            value = duration;
            return problem;
        },
        value => value is { } duration ? Show(duration) : "forever");

    public static string Show(TimeSpan duration)
    {
        var text = duration.ToString("c", CultureInfo.InvariantCulture);
        return duration.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text.TrimEnd('0');
    }

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var form in (ReadOnlySpan<Regex>)[ClockForm, ShortForm, IsoForm])
        {
            if (form.Match(text) is not { Success: true } match)
                continue;
            try
            {
                duration = Add(match);
                return true;
            }
            catch (OverflowException)
            {
                return false;
            }
        }

        return false;
    }

    private static string? Parse(string text, TimeSpan min, TimeSpan max, out TimeSpan value)
    {
        if (!TryParse(text, out value))
            return "is not a duration";
        return value < min || value > max ? "is out of range" : null;
    }

    private static TimeSpan Add(Match match)
    {
        var ticks = Part("weeks") * TimeSpan.TicksPerDay * 7
            + Part("days") * TimeSpan.TicksPerDay
            + Part("hours") * TimeSpan.TicksPerHour
            + Part("minutes") * TimeSpan.TicksPerMinute
            + Part("seconds") * TimeSpan.TicksPerSecond
            + Part("milliseconds") * TimeSpan.TicksPerMillisecond;
        return TimeSpan.FromTicks(decimal.ToInt64(ticks));

        decimal Part(string name) =>
            match.Groups[name] is { Success: true } group ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(
        @"^(?:(?<days>[0-9]{1,9})\.)?(?<hours>[01][0-9]|2[0-3]):(?<minutes>[0-5][0-9]):(?<seconds>[0-5][0-9](?:\.[0-9]{1,7})?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClockForm { get; }

    [GeneratedRegex(
        @"^(?=.)(?:(?<days>[0-9]{1,9})d)?(?:(?<hours>[0-9]{1,9})h)?(?:(?<minutes>[0-9]{1,9})m)?(?:(?<seconds>[0-9]{1,9}(?:\.[0-9]{1,7})?)s)?(?:(?<milliseconds>[0-9]{1,9})ms)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortForm { get; }

    [GeneratedRegex(
        @"^P(?=[0-9T])(?:(?<weeks>[0-9]{1,9})W)?(?:(?<days>[0-9]{1,9})D)?(?:T(?=[0-9])(?:(?<hours>[0-9]{1,9})H)?(?:(?<minutes>[0-9]{1,9})M)?(?:(?<seconds>[0-9]{1,9}(?:\.[0-9]{1,7})?)S)?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsoForm { get; }
}
