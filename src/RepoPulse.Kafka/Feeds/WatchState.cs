using System.Text.Json;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>Which feeds are on whose list, and which lists hold. Written by a follower of the topics; read from anywhere.</summary>
internal sealed class WatchState(TopicNames names)
{
    /// <summary>How long a collector's list holds after it was last registered.</summary>
    private static readonly TimeSpan Lapse = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<FeedAddress, Entry> _feeds = [];
    private readonly Dictionary<string, DateTimeOffset> _lists = new(StringComparer.Ordinal);

    /// <summary>Grows with every change of what is on a list.</summary>
    public long Version { get; private set; }

    /// <summary>Takes a record of the topics of feeds or of collectors; returns the feeds that may be watched or not from now on.</summary>
    public IReadOnlyList<FeedAddress> Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        var key = record.Message.Key ?? [];
        lock (_lock)
        {
            if (record.Topic == names.Feeds)
                return FeedKeys.TryReadOnList(key, out var feed, out var collector)
                    ? [ApplyFeed(feed, collector, record.Message.Value)]
                    : [];
            return record.Topic == names.Collectors && FeedKeys.TryReadList(key, out var list) ? ApplyList(list, record.Message.Value) : [];
        }
    }

    /// <summary>The feeds on lists that lapsed after one time and up to another.</summary>
    public IReadOnlyList<FeedAddress> LapsedBetween(DateTimeOffset after, DateTimeOffset until)
    {
        lock (_lock)
        {
            var lapsed = _lists.Where(list => list.Value + Lapse > after && list.Value + Lapse <= until)
                .Select(list => list.Key)
                .ToHashSet(StringComparer.Ordinal);
            return lapsed.Count == 0
                ? []
                : [.. _feeds.Values.Where(entry => entry.Collectors.Exists(lapsed.Contains)).Select(entry => entry.Feed)];
        }
    }

    /// <summary>Whether some list that holds has it on.</summary>
    public bool IsWatched(FeedAddress feed, DateTimeOffset now)
    {
        lock (_lock)
            return _feeds.TryGetValue(feed, out var entry) && Holds(entry, now);
    }

    /// <summary>Every watched feed, as it was last spelled.</summary>
    public List<FeedAddress> Watched(DateTimeOffset now)
    {
        lock (_lock)
            return [.. _feeds.Values.Where(entry => Holds(entry, now)).Select(entry => entry.Feed)];
    }

    /// <summary>What is on a collector's list, whether it holds or not.</summary>
    public HashSet<FeedAddress> ListOf(string collector)
    {
        lock (_lock)
            return [.. _feeds.Values.Where(entry => entry.Collectors.Contains(collector)).Select(entry => entry.Feed)];
    }

    private FeedAddress ApplyFeed(FeedAddress feed, string collector, byte[]? value)
    {
        if (value is null)
        {
            Version++;
            if (_feeds.TryGetValue(feed, out var entry) && entry.Collectors.Remove(collector) && entry.Collectors.Count == 0)
                _feeds.Remove(feed);
            return feed;
        }

        var record = JsonSerializer.Deserialize(value, KafkaJsonContext.Default.FeedRecord);
        var spelled = FeedAddress.TryParse(record?.Feed, out var parsed) && parsed == feed
            ? parsed
            : throw new InvalidDataException($"The record of the feed {feed} names another: {record?.Feed}.");
        Version++;
        if (_feeds.TryGetValue(feed, out var known))
            known.Feed = spelled;
        else
            _feeds.Add(feed, known = new Entry(spelled));
        if (!known.Collectors.Contains(collector))
            known.Collectors.Add(collector);
        return spelled;
    }

    private List<FeedAddress> ApplyList(string collector, byte[]? value)
    {
        DateTimeOffset? before = _lists.TryGetValue(collector, out var registered) ? registered : null;
        if (value is not null && JsonSerializer.Deserialize(value, KafkaJsonContext.Default.ListRecord) is { } list)
        {
            if (!EventTimeRange.Contains(list.RegisteredAt))
                throw new InvalidDataException($"{list.RegisteredAt:O} is no time that a list is registered at.");
            _lists[collector] = list.RegisteredAt;
            // Registered again in time, as every collector does, it changes nothing.
            if (before is { } last && list.RegisteredAt - last < Lapse)
                return [];
        }
        else
        {
            _lists.Remove(collector);
        }

        Version++;
        return [.. _feeds.Values.Where(entry => entry.Collectors.Contains(collector)).Select(entry => entry.Feed)];
    }

    private bool Holds(Entry entry, DateTimeOffset now)
    {
        foreach (var collector in entry.Collectors)
        {
            if (!_lists.TryGetValue(collector, out var registered))
                continue;

            // Registered by a clock that was ahead by more than any two that are right: it lapses a day after it was found out.
            if (registered > now + Lapse)
                _lists[collector] = registered = now;
            if (registered > now - Lapse)
                return true;
        }

        return false;
    }

    private sealed class Entry(FeedAddress feed)
    {
        public FeedAddress Feed { get; set; } = feed;

        public List<string> Collectors { get; } = new(1);
    }
}
