namespace RepoPulse.Benchmarks.Postgres;

/// <summary>Seconds of one round.</summary>
/// <param name="CopyIndexed">The rows that the log stored, their payloads compressed, into a table with its indexes.</param>
/// <param name="CopyBare">The same into one without any.</param>
/// <param name="CopyReceived">The same events with their payloads as GitHub sent them, into a table with its indexes.</param>
/// <param name="WarmUp">Appending the events by which the repositories become known.</param>
internal readonly record struct AppendTimes(
    double Append, double AtOnce, double CopyIndexed, double CopyBare, double CopyReceived, double WarmUp);
