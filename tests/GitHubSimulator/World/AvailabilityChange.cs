namespace GitHubSimulator.World;

/// <summary>How a repository answers from a time on.</summary>
internal readonly record struct AvailabilityChange(DateTimeOffset From, Availability Availability);
