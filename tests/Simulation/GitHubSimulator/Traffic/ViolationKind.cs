namespace GitHubSimulator.Traffic;

/// <summary>How a client disregarded a limit that it could know of.</summary>
public enum ViolationKind
{
    /// <summary>A request with a token that had been asked to wait, before its time.</summary>
    AskedToWait,

    /// <summary>
    /// A request with another token of a user one of whose tokens had been asked to wait. Whether a client can know that the two share a
    /// limit depends on what it has seen of both, so this kind is not among <see cref="RequestLog.ViolationCount"/>.
    /// </summary>
    OtherTokenAskedToWait,

    /// <summary>More than the secondary limit's points within a minute.</summary>
    PointsPerMinute,

    /// <summary>More than the secondary limit's requests at once.</summary>
    Concurrency,
}
