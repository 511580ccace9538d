namespace RepoPulse.Api.Limits;

/// <summary>How a client stands after a request.</summary>
/// <param name="Granted">Whether the request was within the limit.</param>
/// <param name="Remaining">How many more are.</param>
/// <param name="Reset">When the next of those made counts no more.</param>
internal readonly record struct Quota(bool Granted, int Remaining, TimeSpan Reset);
