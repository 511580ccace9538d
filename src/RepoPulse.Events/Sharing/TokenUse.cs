namespace RepoPulse.Events;

/// <summary>A token that a collector uses.</summary>
/// <param name="Token">What tells it from others and reveals nothing of it.</param>
/// <param name="Wait">How long GitHub makes it wait from now; zero where it does not.</param>
public readonly record struct TokenUse(string Token, TimeSpan Wait);
