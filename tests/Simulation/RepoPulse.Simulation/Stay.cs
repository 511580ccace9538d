namespace RepoPulse.Simulation;

/// <summary>An event that stood in a feed at the ends of two sweeps.</summary>
/// <param name="From">The end of the first sweep.</param>
/// <param name="SweptFrom">The start of the second.</param>
/// <param name="Until">Its end.</param>
internal sealed record Stay(EventKey Key, DateTimeOffset From, DateTimeOffset SweptFrom, DateTimeOffset Until);
