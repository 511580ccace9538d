using System.Globalization;

namespace RepoPulse.Collector.Import;

/// <summary>
/// Which interval of whose history an archive holds. One that is named like an hour of GH Archive (<c>2015-01-01-15.json.gz</c>) holds that
/// hour of every public repository, if its events are of that hour; of any other it is known only that it holds the hours of its events, of
/// the repositories that they belong to.
/// </summary>
internal sealed class ArchiveTimeSpan
{
    private readonly DateTimeOffset? _hour;
    private readonly HashSet<RepositoryId> _repositories = [];
    private bool _isOfItsHour;
    private DateTimeOffset _oldest = DateTimeOffset.MaxValue;
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    public ArchiveTimeSpan(string file) => _hour = HourOf(Path.GetFileName(file));

    public void Take(List<GitHubEvent> events)
    {
        foreach (var e in events)
        {
            _oldest = e.Key.CreatedAt < _oldest ? e.Key.CreatedAt : _oldest;
            _newest = e.Key.CreatedAt > _newest ? e.Key.CreatedAt : _newest;
            _isOfItsHour |= e.Key.CreatedAt >= _hour && e.Key.CreatedAt < _hour.Value.AddHours(1);
            if (!_isOfItsHour && e.HasRepository)
                _repositories.Add(e.RepositoryId);
        }
    }

    /// <summary>What of it is kept; null where nothing is.</summary>
    /// <param name="cutoff">Events before are not stored.</param>
    /// <param name="readAt">When the archive was opened: it holds nothing of what happens later, whatever time its events have.</param>
    public ArchiveSpan? Span(DateTimeOffset cutoff, DateTimeOffset readAt)
    {
        if (_oldest > _newest)
            return null;

        // An event or two of the neighbouring hours stand in many of GH Archive's files: they do not make it hold those.
        var hour = _isOfItsHour ? _hour : null;
        var from = hour ?? HourBefore(_oldest);
        var to = (hour ?? HourBefore(_newest)).AddHours(1);
        from = from > cutoff ? from : cutoff;
        to = to < readAt ? to : readAt;
        return from < to ? new ArchiveSpan(from, to, hour is null ? _repositories : null) : null;
    }

    private static DateTimeOffset HourBefore(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary><c>2015-01-01-0.json.gz</c>: the hour has one digit or two.</summary>
    private static DateTimeOffset? HourOf(string name)
    {
        var stem = name.AsSpan(0, Math.Max(0, name.IndexOf('.', StringComparison.Ordinal)));
        var dash = stem.LastIndexOf('-');
        return dash == 10
            && DateOnly.TryParseExact(stem[..dash], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(stem[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
                && hour < 24
                && stem.Length <= 13
            ? new DateTimeOffset(day, new TimeOnly(hour, 0), TimeSpan.Zero)
            : null;
    }
}
