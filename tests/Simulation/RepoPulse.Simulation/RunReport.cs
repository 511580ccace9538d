namespace RepoPulse.Simulation;

/// <summary>What a run showed.</summary>
public sealed record RunReport
{
    public required Scenario Scenario { get; init; }

    /// <summary>What must not be, each in a sentence; empty where all is well.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public long Requests { get; init; }

    public long Held { get; init; }

    /// <summary>Events that entered a feed while it was watched.</summary>
    public long Entered { get; init; }

    /// <summary>Of them, those that came and went between two sweeps that overlap: nothing that polls can see them.</summary>
    public long CameAndWent { get; init; }

    /// <summary>Of them, those that lie in a declared gap and are not held.</summary>
    public long LostInGaps { get; init; }

    public int Gaps { get; init; }

    public int GapsThatLostNothing { get; init; }

    public int Crashes { get; init; }

    public int Sweeps { get; init; }

    /// <summary>The longest time between two polls of a feed while a collector lived.</summary>
    public TimeSpan LongestPause { get; init; }

    /// <summary>Of the events that entered a feed, those that are not held and lie in no gap of its ledger by their own time.</summary>
    public long Hidden { get; init; }
}
