namespace GitHubSimulator.Traffic;

/// <summary>How a client disregarded a limit that it could know of.</summary>
public enum ViolationKind
{
    /// <summary>A request with a token that had been told to wait, before its time.</summary>
    ToldToWait,

    /// <summary>
    /// A request with another token of a user one of whose tokens had been told to wait. Whether a client can know that the two share a
    /// limit depends on what it has seen of both, so this kind is not among <see cref="RequestLog.ViolationCount"/>.
    /// </summary>
    OtherTokenToldToWait,

    /// <summary>More than the secondary limit's points within a minute.</summary>
    PointsPerMinute,

    /// <summary>More than the secondary limit's requests at once.</summary>
    Concurrency,
}
