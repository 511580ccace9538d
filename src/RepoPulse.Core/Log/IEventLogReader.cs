using System.Collections.Frozen;

namespace RepoPulse.Core;

/// <summary>Follows the log. At least once: an event may come again, and a reader ignores one that it holds.</summary>
public interface IEventLogReader
{
    /// <summary>
    /// Everything held with <c>created_at</c> at or after <paramref name="since"/>, in batches, without JSON: what a fold starts from. The
    /// cost follows those events, not all that the log holds. Only the last batch's position is one to resume from; there is always a last
    /// batch, if need be an empty one.
    /// </summary>
    /// <param name="maxEvents">The most events of one batch, at least 1.</param>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, CancellationToken cancellationToken);

    /// <summary>Where the log ends now: what is read after it was appended later.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The next events after a position, at most <paramref name="maxEvents"/>, without JSON: for a fold. An empty batch at the end. No
    /// event that commits is ever passed over, in any order writers commit.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken);

    /// <summary>
    /// The next events after a position with their JSON, for a stream: at most <paramref name="maxEvents"/>, and
    /// none after the one that brings their JSON to <paramref name="maxBytes"/>. An empty batch at the end alone.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Returns when there may be events after a position: at once for this process's own appends, within 250 ms for those of others.
    /// </summary>
    ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken);
}

/// <summary>Some events of the log, in its order within each partition.</summary>
/// <param name="Position">Where to resume: after the last of <paramref name="Events"/>.</param>
public readonly record struct EventBatch(IReadOnlyList<GitHubEvent> Events, LogPosition Position)
{
    private readonly IReadOnlyList<Supersession>? _supersessions;
    private readonly IReadOnlyList<LogPosition>? _positions;
    private readonly IReadOnlySet<int>? _repeats;

    /// <summary>
    /// Where to resume after each of <see cref="Events"/>; given by a read with JSON and no other. Each differs from the one before in the
    /// event's own partition alone.
    /// </summary>
    public IReadOnlyList<LogPosition> Positions
    {
        get => _positions ?? [];
        init => _positions = value;
    }

    /// <summary>
    /// Which of <see cref="Events"/>, by index, stand in the log before, too, as far as it remembers: none where each is held once. Given
    /// by a read with JSON and no other.
    /// </summary>
    public IReadOnlySet<int> Repeats
    {
        get => _repeats ?? FrozenSet<int>.Empty;
        init => _repeats = value;
    }

    /// <summary>
    /// Which of <see cref="Events"/> took the place of a webhook's, as a rule none. A read of what is held at one time has none.
    /// </summary>
    public IReadOnlyList<Supersession> Supersessions
    {
        get => _supersessions ?? [];
        init => _supersessions = value;
    }
}

/// <summary>
/// That an event of the log took the place of one that a webhook had brought: both report one occurrence, and the polled form is the one
/// that counts. A reader that holds the superseded event releases it, and does not take it up should it come again.
/// </summary>
/// <param name="Repository">The repository of both.</param>
/// <param name="Type">The type of both.</param>
/// <param name="Superseded">The webhook's event, which the log no longer holds.</param>
/// <param name="By">The event that stands in its place.</param>
public readonly record struct Supersession(RepositoryId Repository, EventType Type, EventKey Superseded, EventKey By);
