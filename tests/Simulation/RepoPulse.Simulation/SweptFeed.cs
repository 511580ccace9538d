namespace RepoPulse.Simulation;

/// <summary>What is remembered of a feed while one repository (or organization) stands behind its address.</summary>
/// <param name="address">Where its ledger is.</param>
/// <param name="repository">None for an organization.</param>
/// <param name="firstSweptAt">When it was first swept.</param>
internal sealed class SweptFeed(FeedAddress address, RepositoryId repository, DateTimeOffset firstSweptAt)
{
    /// <summary>Where its ledger is: under its id, once another repository has taken its name.</summary>
    public FeedAddress Address { get; set; } = address;

    public RepositoryId Repository => repository;

    public DateTimeOffset FirstSweptAt { get; } = firstSweptAt;

    public DateTimeOffset LastSweptAt { get; set; } = firstSweptAt;

    /// <summary>What stood in the feed at the end of the last sweep.</summary>
    public HashSet<EventKey> Visible { get; set; } = [];

    /// <summary>When <see cref="Visible"/> was looked at.</summary>
    public DateTimeOffset LookedAt { get; set; }

    /// <summary>What stood in it at the ends of two sweeps, and was not held at the later.</summary>
    public List<Stay> Stayed { get; } = [];

    public List<DeclaredGap> Gaps { get; } = [];
}
