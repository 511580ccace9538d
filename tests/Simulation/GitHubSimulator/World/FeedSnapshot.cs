namespace GitHubSimulator.World;

/// <summary>What a feed shows, newest first, and until when nothing changes of it unless an event is added.</summary>
internal sealed record FeedSnapshot(SimulatedEvent[] Events, DateTimeOffset ValidUntil)
{
    public static FeedSnapshot Empty { get; } = new([], DateTimeOffset.MaxValue);
}
