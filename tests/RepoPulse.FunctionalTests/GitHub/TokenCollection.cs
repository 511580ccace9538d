namespace RepoPulse.FunctionalTests.GitHub;

/// <summary>
/// Alone, after all others: a clock that the test moves on goes faster than the requests come to their turn where every core is busy, and
/// then they meet limits that they would keep.
/// </summary>
[CollectionDefinition(nameof(TokenCollection), DisableParallelization = true)]
public sealed class TokenCollection;
