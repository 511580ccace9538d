using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.ContractTests.Storage;

/// <summary>What the suites have in common: an empty storage, a clock that stands still, and a store.</summary>
public abstract class StorageContract(StorageUnderTest storage) : IAsyncLifetime
{
    private readonly List<Store> _others = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(Sample.Noon);

    /// <summary>What the storage promises beside what all do.</summary>
    protected StorageUnderTest Storage => storage;

    protected Store Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await storage.OpenAsync(Time);

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
            await other.DisposeAsync();
        await Store.DisposeAsync();
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What another process would have.</summary>
    protected async Task<Store> OpenAnotherAsync()
    {
        var other = await storage.OpenAsync(Time);
        _others.Add(other);
        return other;
    }

    protected async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = await storage.OpenAsync(Time);
    }
}
