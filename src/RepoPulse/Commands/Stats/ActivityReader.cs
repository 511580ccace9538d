namespace RepoPulse.Commands.Stats;

/// <summary>
/// Reads what happened of late in the repositories that a terminal shows; each is a question of its own, so not in ever so many, and not again within a
/// minute.
/// </summary>
internal sealed class ActivityReader(CommandContext context)
{
    private const int MaxRepositories = 100;

    // Beside the figures, which need that much themselves.
    private const int MinWidth = 120;

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (RecentActivity Activity, DateTimeOffset ReadAt)> _read = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAbsent;

    /// <summary>By the repository's name; null where none is shown: in a pipe, in a narrow window, for too many, or where no history is kept.</summary>
    public async Task<IReadOnlyDictionary<string, RecentActivity>?> ReadAsync(IStatisticsSource source, IReadOnlyList<StatisticsItem> items, CancellationToken cancellationToken)
    {
        var profile = context.Console.Profile;
        if (_isAbsent || items.Count > MaxRepositories || !profile.Capabilities.Interactive || !profile.Capabilities.Unicode || profile.Width < MinWidth)
            return null;
        var shown = new Dictionary<string, RecentActivity>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var item in items)
            {
                if (await ReadAsync(source, item.Document, cancellationToken) is not { } activity)
                    return null;
                shown[item.Document.Repository] = activity;
            }
        }
        catch (CommandFailedException e)
        {
            // The figures are there all the same.
            _isAbsent = true;
            await context.Error.WriteLineAsync($"repopulse: the activity cannot be shown: {e.Message}");
            return null;
        }

        return shown;
    }

    private async Task<RecentActivity?> ReadAsync(IStatisticsSource source, StatisticsDocument document, CancellationToken cancellationToken)
    {
        var now = context.Time.GetUtcNow();
        if (_read.TryGetValue(document.Repository, out var held) && now - held.ReadAt < Freshness)
            return held.Activity;
        if (await source.ReadActivityAsync(document, RecentActivity.Since(now), cancellationToken) is not { } activity)
        {
            _isAbsent = true;
            return null;
        }

        _read[document.Repository] = (activity, now);
        return activity;
    }
}
