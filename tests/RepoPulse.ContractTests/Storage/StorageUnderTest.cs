namespace RepoPulse.ContractTests.Storage;

/// <summary>One empty storage, for one test. Each store that is opened on it is what another process would have.</summary>
public abstract class StorageUnderTest : IAsyncDisposable
{
    /// <summary>Whether an append says what was held already, and a duplicate is nowhere to be read.</summary>
    public virtual bool ReportsDuplicates => true;

    /// <summary>Whether events of different repositories have one order.</summary>
    public virtual bool KeepsOneOrder => true;

    /// <summary>Whether an event is read under the name that its repository had then, not under the present one.</summary>
    public virtual bool RemembersNames => false;

    public abstract ValueTask<Store> OpenAsync(TimeProvider time);

    public abstract ValueTask DisposeAsync();
}
