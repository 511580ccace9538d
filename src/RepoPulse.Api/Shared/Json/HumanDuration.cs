using System.Globalization;

namespace RepoPulse.Api;

/// <summary>Writes seconds as people say them, in the two largest units: <c>3m 36s</c>.</summary>
public static class HumanDuration
{
    /// <summary>What stands in place of a statistic that there is not.</summary>
    public const string None = "-";

    public static string Show(double? seconds)
    {
        if (seconds is not { } value)
            return None;
        // Rounded to the unit that is shown before the unit is chosen, so that 59.96 s is a minute and not 60 seconds.
        if (Math.Round(value, 1) < 10)
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, 1):0.#}s");
        if (Math.Round(value) is < 3600 and var whole)
            return whole < 60 ? Join(whole, "s", 0, "") : Join(Math.Floor(whole / 60), "m", whole % 60, "s");
        var minutes = Math.Round(value / 60);
        if (minutes < 1440)
            return Join(Math.Floor(minutes / 60), "h", minutes % 60, "m");
        var hours = Math.Round(value / 3600);
        return Join(Math.Floor(hours / 24), "d", hours % 24, "h");
    }

    private static string Join(double large, string largeUnit, double small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large}{largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large}{largeUnit} {small}{smallUnit}");
}
