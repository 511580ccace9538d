namespace GitHubSimulator.Archive;

/// <summary>A line of GH Archive, and where in it the time stands.</summary>
/// <param name="TimeStart">Of the value of <c>created_at</c> in <paramref name="Line"/>, quotes included.</param>
/// <param name="Organization">The id and login under <c>org</c>; 0 and empty where there is none.</param>
internal sealed record ArchivedEvent(
    byte[] Line,
    long Id,
    string Type,
    DateTimeOffset CreatedAt,
    int TimeStart,
    int TimeLength,
    long RepositoryId,
    string RepositoryName,
    (long Id, string Login) Organization);
