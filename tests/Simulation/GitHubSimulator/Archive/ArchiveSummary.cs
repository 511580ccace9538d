namespace GitHubSimulator.Archive;

/// <summary>What an archive held.</summary>
/// <param name="Events">Events that will be shown.</param>
/// <param name="Duplicates">Events that came again, and are not.</param>
/// <param name="Skipped">Lines that are malformed, of the form before 2015, or of no repository.</param>
public readonly record struct ArchiveSummary(int Events, int Duplicates, int Skipped);
