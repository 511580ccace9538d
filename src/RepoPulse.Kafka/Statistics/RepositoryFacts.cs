using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>What an aggregator holds of a repository beside its windows.</summary>
internal sealed class RepositoryFacts(RepositoryId id)
{
    public RepositoryId Id => id;

    /// <summary>One as a rule; a few where it was renamed.</summary>
    public List<NameObservation> Names { get; } = new(1);

    public DateTimeOffset? LastEventAt { get; set; }

    /// <summary>As published last; null where it never was by this process.</summary>
    public RepositorySnapshot? Snapshot { get; set; }

    /// <summary>Whether a predecessor published statistics with events, which nobody has confirmed or replaced yet.</summary>
    public bool IsInherited { get; set; }

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
