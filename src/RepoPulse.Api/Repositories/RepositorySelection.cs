using RepoPulse.Api.View;

namespace RepoPulse.Api.Repositories;

/// <summary>
/// Which repositories a list is of: those that are found under one of the names, and whose id is one of the ids; all where neither is
/// given.
/// </summary>
internal sealed record RepositorySelection(IReadOnlyList<RepositoryName> Names, IReadOnlyList<RepositoryId> Ids)
{
    /// <summary>The filters, for a cursor to be bound to.</summary>
    public IEnumerable<string> Filters =>
    [
        .. Names.Select(name => "repository=" + name.FullName.ToUpperInvariant()),
        .. Ids.Select(id => "repositoryId=" + id),
    ];

    public bool IsAll => Names.Count == 0 && Ids.Count == 0;

    /// <summary>The selected repositories by name.</summary>
    public IReadOnlyList<RepositoryCell> From(RepositoryDirectory directory)
    {
        if (IsAll)
            return directory.Order;
        var found = Names.Count > 0
            ? Names.Select(directory.Find).Where(cell => cell is not null && (Ids.Count == 0 || Ids.Contains(cell.Key.Id)))
            : Ids.Select(directory.Find).Where(cell => cell is not null);
        return [.. found.Distinct().OfType<RepositoryCell>().OrderBy(cell => cell.Key)];
    }
}
