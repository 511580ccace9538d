namespace RepoPulse.Core;

/// <summary>Deletes what is older than the retention period.</summary>
public interface IEventRetention
{
    /// <summary>
    /// Deletes some of the events created before <paramref name="cutoff"/>, in a step short enough not to hold up appends, and returns how
    /// many. Called again until it returns 0. Watch lists, cursors, names and coverage stay.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken);
}
