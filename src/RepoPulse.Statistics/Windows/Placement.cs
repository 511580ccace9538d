namespace RepoPulse.Statistics;

/// <summary>What became of an event that a window was given.</summary>
internal enum Placement
{
    /// <summary>It is older than the window, or than what the cap leaves of it, and changes nothing.</summary>
    Outside,

    /// <summary>The window holds it already.</summary>
    Duplicate,

    /// <summary>The cap leaves it out, and it is the newest of those.</summary>
    LeftOut,

    /// <summary>It is dated in the future and counts from its time on.</summary>
    Future,

    /// <summary>It took its place.</summary>
    Counted,
}
