namespace RepoPulse.Events;

/// <summary>Some events of the log, in its order within each partition.</summary>
/// <param name="Position">Where to resume: after the last of <paramref name="Events"/>.</param>
public readonly record struct EventBatch(IReadOnlyList<GitHubEvent> Events, LogPosition Position)
{
    private readonly IReadOnlyList<Supersession>? _supersessions;
    private readonly IReadOnlyList<LogPosition>? _positions;

    /// <summary>
    /// Where to resume after each of <see cref="Events"/>; given by a read with JSON and no other. Each differs from the one before in the event's
    /// own partition alone.
    /// </summary>
    public IReadOnlyList<LogPosition> Positions
    {
        get => _positions ?? [];
        init => _positions = value;
    }

    /// <summary>Which of <see cref="Events"/> took the place of a webhook's, as a rule none. A read of what is held at one time has none to tell.</summary>
    public IReadOnlyList<Supersession> Supersessions
    {
        get => _supersessions ?? [];
        init => _supersessions = value;
    }
}
