using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

/// <summary>What the suites of the catalog have in common: they read change by change.</summary>
public abstract class CatalogChangesContract(StorageUnderTest storage) : StorageContract(storage)
{
    protected static FeedAddress Widget { get; } = Sample.Feed("acme/widget");

    protected static FeedAddress Acme { get; } = FeedAddress.OfOrganization("acme");

    /// <summary>Up to which change they have read.</summary>
    protected long Version { get; private set; }

    protected async Task WatchAsync(params FeedAddress[] feeds) =>
        await Store.WatchList.RegisterAsync("here", feeds, Time.GetUtcNow(), Cancellation);

    protected async Task<IReadOnlyList<Repository>> ChangesAsync()
    {
        var changes = await Store.Catalog.ReadChangesAsync(Version, Cancellation);
        Version = changes.Version;
        return changes.Repositories;
    }

    protected async Task<Repository> SingleChangeAsync() => Assert.Single(await ChangesAsync());
}
