using System.Globalization;
using System.Numerics;

namespace RepoPulse.Collector.Import;

/// <summary>
/// Which interval of whose history an archive holds. One that is named like an hour of GH Archive (<c>2015-01-01-15.json.gz</c>) holds that
/// hour of every public repository, if its events stand in nearly every minute of it: hours that hold a single event exist. Of any other it
/// is known only that it holds the hours of its events, of the repositories that they belong to.
/// </summary>
/// <param name="file">Its name.</param>
/// <param name="hours">The minutes of hours of which events were read before: two archives of one hour are one.</param>
internal sealed class ArchiveTimeSpan(string file, Dictionary<DateTimeOffset, ulong> hours)
{
    /// <summary>Of an hour's 60 minutes, so many hold events where all of GitHub is archived: each holds hundreds.</summary>
    private const int MinMinutes = 57;

    private readonly DateTimeOffset? _hour = HourOf(Path.GetFileName(file));
    private readonly HashSet<RepositoryId> _repositories = [];
    private ulong _minutes;
    private DateTimeOffset _oldest = DateTimeOffset.MaxValue;
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    public void Take(List<GitHubEvent> events)
    {
        foreach (var e in events)
        {
            _oldest = e.Key.CreatedAt < _oldest ? e.Key.CreatedAt : _oldest;
            _newest = e.Key.CreatedAt > _newest ? e.Key.CreatedAt : _newest;
            if (e.Key.CreatedAt >= _hour && e.Key.CreatedAt < _hour.Value.AddHours(1))
                _minutes |= 1UL << e.Key.CreatedAt.Minute;
            if (_minutes == 0 && e.HasRepository)
                _repositories.Add(e.RepositoryId);
        }
    }

    /// <summary>What of it is kept; null where nothing is.</summary>
    /// <param name="cutoff">Events before are not stored.</param>
    /// <param name="readAt">When the archive was opened: it holds nothing of what happens later, whatever time its events have.</param>
    /// <param name="capturedAtMost">What part of what happened it can hold at most; null where that cannot be said.</param>
    public ArchiveSpan? Span(DateTimeOffset cutoff, DateTimeOffset readAt, double? capturedAtMost = null)
    {
        if (_oldest > _newest)
            return null;

        // An event or two of the neighbouring hours stand in many of GH Archive's files: they do not make it hold those.
        var hour = _minutes == 0 ? null : _hour;
        if (hour is { } named)
        {
            hours[named] = hours.GetValueOrDefault(named) | _minutes;
            if (BitOperations.PopCount(hours[named]) < MinMinutes)
                return null;
        }

        var from = hour ?? HourBefore(_oldest);
        var to = (hour ?? HourBefore(_newest)).AddHours(1);
        from = from > cutoff ? from : cutoff;
        to = to < readAt ? to : readAt;
        return from < to ? new ArchiveSpan(from, to, hour is null ? _repositories : null) { CapturedAtMost = capturedAtMost } : null;
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
