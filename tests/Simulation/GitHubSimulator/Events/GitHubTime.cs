using System.Globalization;

namespace GitHubSimulator.Events;

/// <summary>Times as GitHub writes them.</summary>
internal static class GitHubTime
{
    public static DateTimeOffset ToSecond(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));
    }

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
