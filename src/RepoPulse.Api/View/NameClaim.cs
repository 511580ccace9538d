using RepoPulse.Events;

namespace RepoPulse.Api.View;

/// <summary>A repository's claim to a name that it bears or bore.</summary>
internal sealed record NameClaim(RepositoryCell Cell, DateTimeOffset LastSeenAt)
{
    /// <summary>
    /// The last one seen under the name first. Among equals the one that bears it still, then the greater id: every instance must decide alike.
    /// </summary>
    public static int Compare(NameClaim left, NameClaim right, RepositoryName name)
    {
        var bySighting = right.LastSeen(name).CompareTo(left.LastSeen(name));
        if (bySighting != 0)
            return bySighting;
        var byPresence = right.IsPresent(name).CompareTo(left.IsPresent(name));
        return byPresence != 0 ? byPresence : right.Cell.Key.Id.CompareTo(left.Cell.Key.Id);
    }

    private bool IsPresent(RepositoryName name) => Cell.Key.Name == name;

    /// <summary>The catalog tells of no event under a name that is known already; but a repository's newest event bears its present name.</summary>
    private DateTimeOffset LastSeen(RepositoryName name) =>
        IsPresent(name) && Cell.Entry.Total.LastEventAt is { } newest && newest > LastSeenAt ? newest : LastSeenAt;
}
