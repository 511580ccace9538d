namespace GitHubSimulator.World;

/// <summary>Lets events happen as time goes on.</summary>
public interface IEventSource
{
    /// <summary>
    /// Publishes whatever happens up to <paramref name="now"/>, in the same order whenever and however often it is called. The world's lock is
    /// held during the call.
    /// </summary>
    void AdvanceTo(DateTimeOffset now);
}
