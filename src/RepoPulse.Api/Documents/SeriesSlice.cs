using RepoPulse.Events;

namespace RepoPulse.Api.Documents;

/// <summary>Where a series stands in a statistics document.</summary>
internal readonly record struct SeriesSlice(EventType Type, int Start, int Length);
