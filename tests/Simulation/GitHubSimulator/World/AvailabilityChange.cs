namespace GitHubSimulator.World;

/// <summary>GitHub's response for a repository from a time on.</summary>
internal readonly record struct AvailabilityChange(DateTimeOffset From, Availability Availability);
