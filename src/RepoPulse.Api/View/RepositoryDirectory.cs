using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RepoPulse.Api.View;

/// <summary>
/// Finds the shown repositories: by name, by id, and in order. Read from anywhere without a lock; written under the view's lock. The order
/// is brought up to date once for all the changes before a <see cref="Commit"/>, by merging, not by sorting again.
/// </summary>
internal sealed class RepositoryDirectory
{
    private readonly ConcurrentDictionary<RepositoryName, ImmutableArray<NameClaim>> _claims = [];
    private readonly ConcurrentDictionary<RepositoryId, RepositoryCell> _byId = [];
    private readonly HashSet<RepositoryCell> _removed = [];
    private readonly List<RepositoryCell> _added = [];
    private volatile RepositoryCell[] _order = [];

    /// <summary>Every shown repository by name. The array never changes.</summary>
    public IReadOnlyList<RepositoryCell> Order => _order;

    public RepositoryCell? Find(RepositoryId id) => _byId.GetValueOrDefault(id);

    /// <summary>Of the repositories that have or had the name, the one that was last seen under it.</summary>
    public RepositoryCell? Find(RepositoryName name)
    {
        if (!_claims.TryGetValue(name, out var claims))
            return null;
        var best = claims[0];
        for (var i = 1; i < claims.Length; i++)
        {
            if (NameClaim.Compare(claims[i], best, name) < 0)
                best = claims[i];
        }

        return best.Cell;
    }

    /// <summary>Whether a repository with an id has the name now.</summary>
    public bool IsBorne(RepositoryName name) =>
        _claims.TryGetValue(name, out var claims)
            && claims.Any(claim => claim.Cell.Key.Name == name && claim.Cell.Key.Id != RepositoryId.None);

    public void Add(RepositoryCell cell, IReadOnlyList<NameObservation> names)
    {
        _added.Add(cell);
        if (cell.Key.Id != RepositoryId.None)
            _byId[cell.Key.Id] = cell;
        foreach (var sighting in names)
            Claim(sighting.Name, new NameClaim(cell, sighting.LastSeenAt));
    }

    public void Remove(RepositoryCell cell, IReadOnlyList<NameObservation> names)
    {
        if (!_added.Remove(cell))
            _removed.Add(cell);
        _byId.TryRemove(new(cell.Key.Id, cell));
        foreach (var sighting in names)
            Release(sighting.Name, cell);
    }

    /// <summary>
    /// Notes the names of a repository that keeps its cell. A name stays found throughout: claims are replaced, never taken away first.
    /// </summary>
    public void Rename(RepositoryCell cell, IReadOnlyList<NameObservation> before, IReadOnlyList<NameObservation> after)
    {
        if (before.SequenceEqual(after))
            return;
        foreach (var sighting in after)
            Claim(sighting.Name, new NameClaim(cell, sighting.LastSeenAt));
        foreach (var sighting in before)
        {
            if (!after.Any(kept => kept.Name == sighting.Name))
                Release(sighting.Name, cell);
        }
    }

    public void Commit()
    {
        if (_added.Count == 0 && _removed.Count == 0)
            return;
        _added.Sort((left, right) => left.Key.CompareTo(right.Key));
        _order = Merge(_order, _removed, _added);
        _added.Clear();
        _removed.Clear();
    }

    private static RepositoryCell[] Merge(RepositoryCell[] order, HashSet<RepositoryCell> removed, List<RepositoryCell> added)
    {
        var merged = new List<RepositoryCell>(order.Length + added.Count);
        var next = 0;
        foreach (var cell in order)
        {
            if (removed.Contains(cell))
                continue;
            while (next < added.Count && added[next].Key.CompareTo(cell.Key) < 0)
                merged.Add(added[next++]);
            merged.Add(cell);
        }

        merged.AddRange(added[next..]);
        return [.. merged];
    }

    private void Claim(RepositoryName name, NameClaim claim) => _claims[name] = [.. Others(name, claim.Cell), claim];

    private void Release(RepositoryName name, RepositoryCell cell)
    {
        ImmutableArray<NameClaim> others = [.. Others(name, cell)];
        if (others.IsEmpty)
            _claims.TryRemove(name, out _);
        else
            _claims[name] = others;
    }

    private IEnumerable<NameClaim> Others(RepositoryName name, RepositoryCell cell) =>
        _claims.TryGetValue(name, out var claims) ? claims.Where(claim => claim.Cell != cell) : [];
}

/// <summary>
/// Where a shown repository's newest entry is found. Its key never changes, so an order of cells stays an order; a renamed repository gets
/// another cell.
/// </summary>
internal sealed class RepositoryCell(NameKey key, RepositoryEntry entry)
{
    private volatile RepositoryEntry _entry = entry;

    public NameKey Key { get; } = key;

    public RepositoryEntry Entry
    {
        get => _entry;
        set => _entry = value;
    }
}

/// <summary>
/// A repository's place in every list by name: the name without regard to case, then the id. One without an id comes after all others of
/// its name, so that it is not met again by a reader who passed it when its id becomes known.
/// </summary>
internal readonly record struct NameKey(RepositoryName Name, RepositoryId Id) : IComparable<NameKey>
{
    public long IdRank => Id == RepositoryId.None ? long.MaxValue : Id.Value;

    public int CompareTo(NameKey other)
    {
        var byName = Name.CompareTo(other.Name);
        return byName != 0 ? byName : IdRank.CompareTo(other.IdRank);
    }
}

/// <summary>A repository's claim to a name that it has or had.</summary>
internal sealed record NameClaim(RepositoryCell Cell, DateTimeOffset LastSeenAt)
{
    /// <summary>
    /// The last one seen under the name first. Among equals the one that has it still, then the greater id: every instance must decide
    /// alike.
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

    /// <summary>
    /// The catalog reports no event under a name that is known already; but a repository's newest event has its present name.
    /// </summary>
    private DateTimeOffset LastSeen(RepositoryName name) =>
        IsPresent(name) && Cell.Entry.Total.LastEventAt is { } newest && newest > LastSeenAt ? newest : LastSeenAt;
}
