using System.Runtime.InteropServices;

namespace RepoPulse.Kafka;

/// <summary>
/// Which event of the log reports the same occurrence as a webhook's: the log cannot look up what it holds when it is written, so that it
/// holds both, and readers pair them. Several occurrences may have one key: each is paired with the one nearest in time that is not paired
/// yet.
/// </summary>
/// <remarks>Events may be given again, and in any order. Not for several threads at once.</remarks>
internal sealed class WebhookPairing
{
    private readonly Dictionary<NaturalKey, List<PairedEvent>> _occurrences = [];
    private int _held;
    private int _pruneAt = 100_000;

    /// <summary>Takes note of an event; the supersession that follows from it is added to <paramref name="found"/>.</summary>
    /// <param name="e">With its JSON.</param>
    public void Add(in GitHubEvent e, List<Supersession> found)
    {
        if (!NaturalKeyReader.TryRead(e, out var key))
            return;
        ref var occurrences = ref CollectionsMarshal.GetValueRefOrAddDefault(_occurrences, key, out _);
        occurrences ??= new List<PairedEvent>(1);
        var webhook = e.Key.Id.IsWebhook;
        var tolerance = MergeTolerance.Of(e.Type);
        foreach (var known in occurrences)
        {
            if (known.Key == e.Key)
            {
                // Said again with every time that the event is given: a reader that starts over may have forgotten it.
                if (known.Partner is { } partner)
                    found.Add(Pair(e, partner));
                return;
            }

            // Several hooks may report one event, and none of them may know the exact time.
            if (webhook && known.Key.Id == e.Key.Id && Distance(known.Key, e.Key) <= tolerance)
            {
                found.Add(new Supersession(e.RepositoryId, e.Type, e.Key, known.Key));
                return;
            }
        }

        var mine = new PairedEvent(e.Key);
        if (Nearest(occurrences, e.Key, tolerance, webhook) is { } other)
        {
            (mine.Partner, other.Partner) = (other.Key, mine.Key);
            found.Add(Pair(e, other.Key));
        }

        occurrences.Add(mine);
        _held++;
    }

    /// <summary>Forgets what is older than <paramref name="before"/>, now and then.</summary>
    public void Forget(DateTimeOffset before)
    {
        if (_held < _pruneAt)
            return;
        foreach (var (key, occurrences) in _occurrences)
        {
            _held -= occurrences.RemoveAll(known => known.Key.CreatedAt < before);
            if (occurrences.Count == 0)
                _occurrences.Remove(key);
        }

        _pruneAt = Math.Max(100_000, _held * 2);
    }

    private static PairedEvent? Nearest(List<PairedEvent> occurrences, EventKey key, TimeSpan tolerance, bool webhook)
    {
        PairedEvent? nearest = null;
        foreach (var known in occurrences)
        {
            if (known.Partner is not null || known.Key.Id.IsWebhook == webhook || Distance(known.Key, key) > tolerance)
                continue;
            if (nearest is null || Distance(known.Key, key) < Distance(nearest.Key, key))
                nearest = known;
        }

        return nearest;
    }

    private static Supersession Pair(in GitHubEvent e, EventKey partner) => e.Key.Id.IsWebhook
        ? new Supersession(e.RepositoryId, e.Type, e.Key, partner)
        : new Supersession(e.RepositoryId, e.Type, partner, e.Key);

    private static TimeSpan Distance(EventKey a, EventKey b) => (a.CreatedAt - b.CreatedAt).Duration();

    private sealed class PairedEvent(EventKey key)
    {
        public EventKey Key { get; } = key;

        /// <summary>The other form of the same event; null until it came.</summary>
        public EventKey? Partner { get; set; }
    }
}
