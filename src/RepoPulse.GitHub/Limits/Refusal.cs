namespace RepoPulse.GitHub.Limits;

/// <summary>A limit as the answer that refused a request names it.</summary>
/// <param name="RetryAfter">The wait that it asks for; null where it names none.</param>
internal readonly record struct Refusal(LimitKind Kind, TimeSpan? RetryAfter, RateLimit? Primary);
