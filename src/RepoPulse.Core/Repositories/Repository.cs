using RepoPulse.Core.Evidence;

namespace RepoPulse.Core;

/// <summary>What is known of a repository besides its events.</summary>
public sealed record Repository
{
    /// <summary>GitHub's id, <see cref="RepositoryId.None"/> while a watched repository has not responded yet.</summary>
    public required RepositoryId Id { get; init; }

    /// <summary>Every name it had, the present one first, then by the last observation, newest first. Never empty.</summary>
    public required IReadOnlyList<NameObservation> Names { get; init; }

    public RepositoryState State { get; init; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>When the feed that speaks for it was last read without conditions; null where it never was.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The newest event held, however old; null where none is.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>What its events say of each other; null where that is not looked at.</summary>
    public EvidenceCounts? Evidence { get; init; }

    public CoverageLedger Coverage { get; init; } = CoverageLedger.Empty;

    public RepositoryName Name => Names[0].Name;
}

/// <summary>What the collector last learned of a repository. The numbers are stored: they never change.</summary>
public enum RepositoryState
{
    /// <summary>Imported only, or no longer on any collector's list.</summary>
    Unwatched = 0,

    /// <summary>On a collector's list, under its present or a former name.</summary>
    Watching = 1,

    /// <summary>404: there is none, or the token may not see it. Asked again, slowly, because it may be temporary.</summary>
    NotFound = 2,

    /// <summary>410: deleted.</summary>
    Gone = 3,

    /// <summary>451: blocked for legal reasons.</summary>
    Blocked = 4,

    /// <summary>401 or 403 without a limit being named: no token may read it.</summary>
    Unauthorized = 5,
}

/// <summary>
/// A name that a repository had, and when it was last seen with it (by the events' <c>created_at</c>, not by their arrival).
/// </summary>
public readonly record struct NameObservation(RepositoryName Name, DateTimeOffset LastSeenAt);
