namespace RepoPulse.Events.Reading;

/// <summary>Whole lines of an archive in a pooled buffer (the very last may lack its end), or in place of them a line that was too long to keep.</summary>
/// <param name="Buffer">Null for a line that was too long.</param>
internal readonly record struct ArchiveBlock(byte[]? Buffer, int Length);
