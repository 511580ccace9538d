namespace RepoPulse.Events;

/// <param name="Appended">Events that the log did not hold.</param>
/// <param name="AlreadyHeld">Events that it held, within the batch or from before. A log that cannot tell (Kafka) counts all as appended.</param>
public readonly record struct AppendResult(int Appended, int AlreadyHeld);
