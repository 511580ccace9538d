using System.Runtime.InteropServices;

namespace RepoPulse.Kafka.Log;

/// <summary>
/// Which event of the log tells of the same happening as a webhook's: the log cannot look up what it holds when it is written, so that it holds
/// both, and readers pair them. Several happenings may have one key: each is paired with the one nearest in time that is not paired yet.
/// </summary>
/// <remarks>Events may be given again, and in any order. Not for several threads at once.</remarks>
internal sealed class WebhookPairing
{
    private readonly Dictionary<NaturalKey, List<Told>> _happenings = [];
    private int _held;
    private int _pruneAt = 100_000;

    /// <summary>Takes note of an event; the supersession that follows from it is added to <paramref name="told"/>.</summary>
    /// <param name="e">With its JSON.</param>
    public void Add(in GitHubEvent e, List<Supersession> told)
    {
        if (!NaturalKeyReader.TryRead(e, out var key))
            return;
        ref var happenings = ref CollectionsMarshal.GetValueRefOrAddDefault(_happenings, key, out _);
        happenings ??= new List<Told>(1);
        var webhook = e.Key.Id.IsWebhook;
        var tolerance = MergeTolerance.Of(e.Type);
        foreach (var known in happenings)
        {
            if (known.Key == e.Key)
                return;
            // Several hooks may tell of one event, and none of them may know the exact time.
            if (webhook && known.Key.Id == e.Key.Id && Distance(known.Key, e.Key) <= tolerance)
            {
                told.Add(new Supersession(e.RepositoryId, e.Type, e.Key, known.Key));
                return;
            }
        }

        var mine = new Told(e.Key);
        if (Nearest(happenings, e.Key, tolerance, webhook) is { } other)
        {
            mine.IsPaired = other.IsPaired = true;
            told.Add(webhook ? new Supersession(e.RepositoryId, e.Type, e.Key, other.Key) : new Supersession(e.RepositoryId, e.Type, other.Key, e.Key));
        }

        happenings.Add(mine);
        _held++;
    }

    /// <summary>Forgets what is older than <paramref name="before"/>, now and then.</summary>
    public void Forget(DateTimeOffset before)
    {
        if (_held < _pruneAt)
            return;
        foreach (var (key, happenings) in _happenings)
        {
            _held -= happenings.RemoveAll(known => known.Key.CreatedAt < before);
            if (happenings.Count == 0)
                _happenings.Remove(key);
        }

        _pruneAt = Math.Max(100_000, _held * 2);
    }

    private static Told? Nearest(List<Told> happenings, EventKey key, TimeSpan tolerance, bool webhook)
    {
        Told? nearest = null;
        foreach (var known in happenings)
        {
            if (known.IsPaired || known.Key.Id.IsWebhook == webhook || Distance(known.Key, key) > tolerance)
                continue;
            if (nearest is null || Distance(known.Key, key) < Distance(nearest.Key, key))
                nearest = known;
        }

        return nearest;
    }

    private static TimeSpan Distance(EventKey a, EventKey b) => (a.CreatedAt - b.CreatedAt).Duration();

    private sealed class Told(EventKey key)
    {
        public EventKey Key { get; } = key;

        public bool IsPaired { get; set; }
    }
}
