namespace RepoPulse.Sql.Postgres.Feeds;

/// <summary>What tells one share from another without reading all of it.</summary>
internal readonly record struct ShareMark(long Feeds, long Addresses, long Collectors);
