namespace RepoPulse.ContractTests.Storage;

/// <summary>One empty storage, for one test. Each store that is opened on it is what another process would have.</summary>
public abstract class StorageUnderTest : IAsyncDisposable
{
    public abstract ValueTask<Store> OpenAsync(TimeProvider time);

    public abstract ValueTask DisposeAsync();
}
