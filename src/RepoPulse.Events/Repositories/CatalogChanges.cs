namespace RepoPulse.Events;

/// <param name="Version">Where to ask from next time.</param>
public readonly record struct CatalogChanges(IReadOnlyList<Repository> Repositories, long Version);
