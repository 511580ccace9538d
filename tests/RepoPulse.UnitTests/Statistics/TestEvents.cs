namespace RepoPulse.UnitTests.Statistics;

internal static class TestEvents
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);

    public static GitHubEvent Event(long id, DateTimeOffset at, string type = "PushEvent", long repository = 1) => new()
    {
        Key = new(EventId.FromGitHub(id), at),
        Type = EventType.Parse(type),
        RepositoryId = new(repository),
        Repository = RepositoryName.Parse($"owner/repository-{repository}"),
    };

    /// <summary>Events that many seconds before <see cref="Now"/> (after it where negative), with ids from 1.</summary>
    public static GitHubEvent[] SecondsAgo(params ReadOnlySpan<double> seconds)
    {
        var events = new GitHubEvent[seconds.Length];
        for (var i = 0; i < events.Length; i++)
            events[i] = Event(i + 1, Now - TimeSpan.FromSeconds(seconds[i]));
        return events;
    }
}
