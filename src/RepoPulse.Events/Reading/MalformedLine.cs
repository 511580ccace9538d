namespace RepoPulse.Events.Reading;

/// <summary>A line of an archive that was skipped because it does not hold whole events.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">What is wrong with it, in a few words for people.</param>
public readonly record struct MalformedLine(long Line, string Reason);
