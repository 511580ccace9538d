namespace RepoPulse.Commands.Stats;

/// <summary>
/// Reads what happened of late in the repositories that a terminal shows; each is a question of its own, so not in ever so many, and not
/// again within a minute.
/// </summary>
internal sealed class ActivityReader(CommandContext context)
{
    private const int MaxRepositories = 100;

    /// <summary>Of all columns but the first two, their spaces included.</summary>
    private const int StatisticsWidth = 83;

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (RecentActivity Activity, DateTimeOffset ReadAt)> _read = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAbsent;
    private DateTimeOffset _failedAt = DateTimeOffset.MinValue;

    /// <summary>
    /// By the repository's name; null where none is shown: in a pipe, in a window too narrow for it beside the statistics, for too many, or
    /// where no history is kept.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, RecentActivity>?> ReadAsync(
        IStatisticsSource source, IReadOnlyList<StatisticsItem> items, CancellationToken cancellationToken)
    {
        var profile = context.Console.Profile;
        if (_isAbsent
            || items.Count > MaxRepositories
            || !profile.Capabilities.Interactive
            || !profile.Capabilities.Unicode
            || profile.Width < WidthOf(items))
            return null;
        if ((context.Time.GetUtcNow() - _failedAt).Duration() < Freshness)
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
        catch (Exception e) when (e is CommandFailedException or StorageException)
        {
            // The statistics are there all the same.
            _failedAt = context.Time.GetUtcNow();
            await context.Error.WriteLineAsync($"repopulse: the activity cannot be shown: {e.Message}");
            return null;
        }

        return shown;
    }

    /// <summary>So that no name is folded.</summary>
    private static int WidthOf(IReadOnlyList<StatisticsItem> items) => StatisticsWidth
        + items.Select(item => item.Document.Repository.Length).Append("Repository".Length).Max() + 2
        + items.SelectMany(item => item.Document.ByEventType).Select(series => series.EventType.Length).Append("Type".Length).Max() + 2;

    private async Task<RecentActivity?> ReadAsync(
        IStatisticsSource source, StatisticsDocument document, CancellationToken cancellationToken)
    {
        var now = context.Time.GetUtcNow();
        if (_read.TryGetValue(document.Repository, out var held) && (now - held.ReadAt).Duration() < Freshness)
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
