using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>What an aggregator holds of a repository beside its windows.</summary>
internal sealed class RepositoryFacts(RepositoryId id)
{
    private static readonly EventType MadePublic = EventType.Parse("PublicEvent");

    public RepositoryId Id => id;

    /// <summary>One as a rule; a few where it was renamed.</summary>
    public List<NameObservation> Names { get; } = new(1);

    public DateTimeOffset? LastEventAt { get; set; }

    /// <summary>When an event last said that it is private, and none after it that it was made public; null where none did.</summary>
    public DateTimeOffset? PrivateAt { get; set; }

    /// <summary>What its events say of each other; null where that is not looked at, or none says anything.</summary>
    public FoldedEvidence? Evidence { get; set; }

    /// <summary>As published last; null where it never was by this process.</summary>
    public RepositorySnapshot? Snapshot { get; set; }

    /// <summary>Whether a predecessor published statistics with events, which nobody has confirmed or replaced yet.</summary>
    public bool IsInherited { get; set; }

    /// <summary>Takes note of what an event says of its visibility; true where that changes.</summary>
    public bool SeeVisibility(in GitHubEvent e)
    {
        var was = PrivateAt;
        if (e.IsPrivate && (PrivateAt is null || PrivateAt < e.Key.CreatedAt))
            PrivateAt = e.Key.CreatedAt;
        else if (e.Type == MadePublic && PrivateAt <= e.Key.CreatedAt)
            PrivateAt = null;
        return was is null != PrivateAt is null;
    }

    /// <summary>
    /// Takes note of a name, and says whether it is a new one, or a former one that has come back: then it is published although no value
    /// changes.
    /// </summary>
    public bool See(RepositoryName name, DateTimeOffset at)
    {
        if (LastEventAt is null || at > LastEventAt)
            LastEventAt = at;
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Name != name)
                continue;
            if (at <= Names[i].LastSeenAt)
                return false;
            var respelled = Names[i].Name.FullName != name.FullName;
            Names[i] = new NameObservation(name, at);
            return respelled || Names.Count > 1;
        }

        Names.Add(new NameObservation(name, at));
        return true;
    }
}
