using System.Collections.Concurrent;
using System.Collections.Immutable;
using RepoPulse.Events;

namespace RepoPulse.Api.View;

/// <summary>
/// Finds the shown repositories: by name, by id, and in order. Read from anywhere without a lock; written under the view's lock. The order is
/// brought up to date once for all the changes before a <see cref="Commit"/>, by merging, not by sorting anew.
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

    /// <summary>Of the repositories that bear or bore the name, the one that was last seen under it.</summary>
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

    /// <summary>Whether a repository with an id bears the name now.</summary>
    public bool IsBorne(RepositoryName name) =>
        _claims.TryGetValue(name, out var claims) && claims.Any(claim => claim.Cell.Key.Name == name && claim.Cell.Key.Id != RepositoryId.None);

    public void Add(RepositoryCell cell, IReadOnlyList<NameSighting> names)
    {
        _added.Add(cell);
        if (cell.Key.Id != RepositoryId.None)
            _byId[cell.Key.Id] = cell;
        foreach (var sighting in names)
            Claim(sighting.Name, new NameClaim(cell, sighting.LastSeenAt));
    }

    public void Remove(RepositoryCell cell, IReadOnlyList<NameSighting> names)
    {
        if (!_added.Remove(cell))
            _removed.Add(cell);
        _byId.TryRemove(new(cell.Key.Id, cell));
        foreach (var sighting in names)
            Release(sighting.Name, cell);
    }

    /// <summary>Notes the names of a repository that keeps its cell. A name stays found throughout: claims are replaced, never taken away first.</summary>
    public void Rename(RepositoryCell cell, IReadOnlyList<NameSighting> before, IReadOnlyList<NameSighting> after)
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
