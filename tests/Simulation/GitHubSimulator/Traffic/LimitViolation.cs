namespace GitHubSimulator.Traffic;

/// <summary>A request that should not have been made.</summary>
/// <param name="Until">When the wait that was given ends; null for a limit that was exceeded.</param>
public sealed record LimitViolation(
    DateTimeOffset At, ViolationKind Kind, string Account, string? Token, string Path, DateTimeOffset? Until);
