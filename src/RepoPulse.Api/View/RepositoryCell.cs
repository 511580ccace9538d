namespace RepoPulse.Api.View;

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
