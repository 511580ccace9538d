namespace RepoPulse.Events;

/// <param name="Appended">Events that the log did not hold.</param>
/// <param name="AlreadyHeld">
/// Events that it held, within the batch or from before, be it in the form that a poll gave of the same happening. A log that cannot tell (Kafka)
/// counts all as appended.
/// </param>
public readonly record struct AppendResult(int Appended, int AlreadyHeld)
{
    /// <summary>Of those appended, how many took the place of a webhook's event.</summary>
    public int Superseding { get; init; }
}
