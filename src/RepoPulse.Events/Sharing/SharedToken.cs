namespace RepoPulse.Events;

/// <summary>What all collectors together know of a token.</summary>
/// <param name="Token">As in <see cref="TokenUse"/>.</param>
/// <param name="Collectors">How many use it, the asking one included: each has as many times less of its limits.</param>
/// <param name="Wait">How long GitHub makes it wait from now, whichever collector was told so.</param>
public readonly record struct SharedToken(string Token, int Collectors, TimeSpan Wait);
