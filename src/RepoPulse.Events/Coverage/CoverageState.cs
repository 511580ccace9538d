namespace RepoPulse.Events;

/// <summary>What can be said of a stretch of a feed's history. The numbers are stored: they never change.</summary>
public enum CoverageState
{
    /// <summary>Every event that GitHub showed is held.</summary>
    Complete = 1,

    /// <summary>Events may be missing.</summary>
    Gap = 2,

    /// <summary>A gap over which an archive was imported. Archives miss events too, so it still counts as a gap.</summary>
    Repaired = 3,
}
