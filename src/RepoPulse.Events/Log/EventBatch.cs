using System.Collections.Frozen;

namespace RepoPulse.Events;

/// <summary>Some events of the log, in its order within each partition.</summary>
/// <param name="Position">Where to resume: after the last of <paramref name="Events"/>.</param>
public readonly record struct EventBatch(IReadOnlyList<GitHubEvent> Events, LogPosition Position)
{
    private readonly IReadOnlyList<Supersession>? _supersessions;
    private readonly IReadOnlyList<LogPosition>? _positions;
    private readonly IReadOnlySet<int>? _repeats;

    /// <summary>
    /// Where to resume after each of <see cref="Events"/>; given by a read with JSON and no other. Each differs from the one before in the event's
    /// own partition alone.
    /// </summary>
    public IReadOnlyList<LogPosition> Positions
    {
        get => _positions ?? [];
        init => _positions = value;
    }

    /// <summary>
    /// Which of <see cref="Events"/>, by index, stand in the log before, too, as far as it remembers: none where each is held once. Given by a read with
    /// JSON and no other.
    /// </summary>
    public IReadOnlySet<int> Repeats
    {
        get => _repeats ?? FrozenSet<int>.Empty;
        init => _repeats = value;
    }

    /// <summary>Which of <see cref="Events"/> took the place of a webhook's, as a rule none. A read of what is held at one time has none to tell.</summary>
    public IReadOnlyList<Supersession> Supersessions
    {
        get => _supersessions ?? [];
        init => _supersessions = value;
    }
}
