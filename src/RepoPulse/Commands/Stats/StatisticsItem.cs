namespace RepoPulse.Commands.Stats;

/// <summary>A document as it came, and what the table shows of it.</summary>
internal readonly record struct StatisticsItem(ReadOnlyMemory<byte> Json, StatisticsDocument Document);
