namespace RepoPulse.Events;

/// <summary>Which feeds are watched: the union of every collector's list.</summary>
public interface IWatchList
{
    /// <summary>
    /// Registers a collector's list under its name, in place of the list it had. Called at start and at least hourly: a list lapses a day after
    /// <paramref name="now"/> was last given with it.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask RegisterAsync(string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken);
}
