using RepoPulse.Api.View;

namespace RepoPulse.Api.Streaming;

/// <summary>What a reader asked to be sent, and may be sent at that moment.</summary>
/// <param name="Names">Only the repositories that are found under these; empty for all.</param>
/// <param name="Types">Only these; empty for all.</param>
internal sealed record StreamFilter(StatisticsView View, IReadOnlyList<RepositoryName> Names, IReadOnlyList<EventType> Types)
{
    public bool Wants(EventMessage message) =>
        (Types.Count == 0 || Types.Contains(message.Type))
        && IsNamed(message.RepositoryId, message.Repository)
        && View.Shows(message.RepositoryId, message.Repository);

    /// <summary>What a repository's statistics are now; null where they are not wanted, or not shown.</summary>
    public RepositoryEntry? Find(RepositoryId id) => View.Directory.Find(id) is { } cell && IsNamed(id, cell.Key.Name) ? cell.Entry : null;

    private bool IsNamed(RepositoryId id, RepositoryName name)
    {
        if (Names.Count == 0)
            return true;
        foreach (var asked in Names)
        {
            // Which repository a name finds may change at any time. One that the catalog has not reported yet has the name that it came
            // with.
            if (View.Directory.Find(asked) is { } cell ? cell.Key.Id == id : asked == name)
                return true;
        }

        return false;
    }
}
