namespace RepoPulse.Sql.Postgres.Feeds;

/// <summary>What one renewal came to.</summary>
/// <param name="Feeds">All that the collector has; null where that is what it had.</param>
internal sealed record ShareRenewal(
    long Collector, bool IsDivided, ShareMark Mark, IReadOnlyList<(long Id, WatchedFeed Feed)>? Feeds, IReadOnlyList<SharedToken> Tokens);
