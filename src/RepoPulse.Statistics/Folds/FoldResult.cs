namespace RepoPulse.Statistics;

/// <summary>What became of the events given to a <see cref="StatisticsFold"/>; together they are as many as were given.</summary>
/// <param name="Folded">Events that took a place in a window, or will when their time comes.</param>
/// <param name="Duplicates">Events that a window held already.</param>
/// <param name="Outside">Events older than the windows reach back, or than what the cap leaves of them, and events of no repository.</param>
public readonly record struct FoldResult(int Folded, int Duplicates, int Outside);
