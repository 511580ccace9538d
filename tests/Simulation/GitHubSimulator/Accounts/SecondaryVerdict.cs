using GitHubSimulator.Traffic;

namespace GitHubSimulator.Accounts;

/// <summary>A refusal by a secondary limit.</summary>
/// <param name="Wait">How long to stay away.</param>
/// <param name="Exceeded">The limit that this very request exceeds; null where it comes while one is shut out.</param>
internal readonly record struct SecondaryVerdict(TimeSpan Wait, ViolationKind? Exceeded);
