using RepoPulse.Core.Evidence;

namespace RepoPulse.Core;

/// <summary>What is stored of names, feeds and events, as the catalog asks for it. All of one moment.</summary>
public interface ICatalogRows
{
    /// <summary>The names that a repository was seen under, the one last seen first.</summary>
    IReadOnlyList<NameObservation> NamesOf(long repository);

    /// <summary>The repositories that were seen under a name, the one last seen first.</summary>
    IReadOnlyList<long> RepositoriesNamed(RepositoryName name);

    /// <summary>The repositories that were seen under any name of an owner.</summary>
    IReadOnlyList<long> EverOwnedBy(string owner);

    /// <summary>The feeds that were last seen to belong to a repository, by number.</summary>
    IReadOnlyList<CatalogFeed> FeedsOf(long repository);

    CatalogFeed? FeedAt(FeedAddress address);

    /// <summary>Whether its events last said that a repository is private.</summary>
    bool IsPrivate(long repository);

    CoverageLedger CoverageOf(long feed);

    /// <summary>What its events say of each other; null where that was never looked at.</summary>
    EvidenceCounts? EvidenceOf(long repository);

    /// <summary>Where an event is missing by that evidence, in time order.</summary>
    IReadOnlyList<EvidenceGap> EvidenceGapsOf(long repository);

    /// <summary>Of which stretches an archive was imported that holds the repository's events.</summary>
    IReadOnlyList<ArchiveStretch> ArchivesOf(long repository);

    DateTimeOffset? LastEventOf(long repository);
}

/// <summary>A stretch of which an archive was imported.</summary>
/// <param name="CapturedAtMost">What part of what happened it can hold at most; null where that is not known.</param>
public readonly record struct ArchiveStretch(DateTimeOffset From, DateTimeOffset To, double? CapturedAtMost);
