using System.Globalization;
using RepoPulse.Collector.Import;
using RepoPulse.Configuration;

namespace RepoPulse.Commands.Import;

/// <summary>The counts at the end of an import: what was read, and what became of it.</summary>
internal static class ImportSummary
{
    public static async Task WriteAsync(CommandContext context, RepoPulseSettings settings, ImportResult result)
    {
        await WriteCountAsync(context, "events read", result.Events);
        await WriteCountAsync(context, "new", result.New);
        await WriteCountAsync(context, "already held", result.AlreadyHeld);
        await WriteCountAsync(context, "older than the retention period", result.Outdated);
        await WriteCountAsync(context, "malformed lines skipped", result.MalformedLines);
        if (result.WithoutRepository > 0)
            await WriteCountAsync(context, "of no repository", result.WithoutRepository);
        if (result.Links + result.BrokenLinks > 0)
            await context.Out.WriteLineAsync(Bound(result.Links, result.Links + result.BrokenLinks));
        if (settings.IsKafka && result.New > 0)
            await context.Error.WriteLineAsync(
                "Kafka does not know which events it holds already: everything appended counts as new here, and once in the statistics.");
        if (result.Outdated > 0 && settings.Collector.RetentionPeriod is { } period)
        {
            await context.Error.WriteLineAsync(
                $"Events older than Collector:RetentionPeriod ({Duration.Show(period)}) were not kept. To keep them: " +
                "--Collector:RetentionPeriod=forever, here and for the collector.");
        }
    }

    /// <summary>What the events themselves say of how much is missing; rounded up, since it is a bound.</summary>
    private static string Bound(long links, long expected) => string.Create(
        CultureInfo.InvariantCulture,
        $"at most {(links * 100 + expected - 1) / expected} % of pushes are in it ({links:N0} of {expected:N0} links hold)");

    private static Task WriteCountAsync(CommandContext context, string what, long count)
        => context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what + ":",-33}{count}"));
}
