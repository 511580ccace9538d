namespace RepoPulse.Kafka.Catalog;

/// <summary>What the topics tell of a feed.</summary>
internal sealed class FeedFacts(long id, FeedAddress address)
{
    /// <summary>Given here, for the catalog's own use.</summary>
    public long Id => id;

    public FeedAddress Address { get; set; } = address;

    public FeedAddress? Origin { get; set; }

    public RepositoryId RepositoryId { get; set; }

    public RepositoryState State { get; set; } = RepositoryState.Watching;

    public DateTimeOffset? LastPolledAt { get; set; }

    public DateTimeOffset? NextPollAt { get; set; }

    /// <summary>What the sweeps prove.</summary>
    public CoverageLedger Ledger { get; set; } = CoverageLedger.Empty;

    public IReadOnlyList<NameSighting> Names { get; set; } = [];
}
