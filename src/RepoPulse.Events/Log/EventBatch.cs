namespace RepoPulse.Events;

/// <summary>Some events of the log, in its order within each partition.</summary>
/// <param name="Position">Where to resume: after the last of <paramref name="Events"/>.</param>
public readonly record struct EventBatch(IReadOnlyList<GitHubEvent> Events, LogPosition Position)
{
    private readonly IReadOnlyList<Supersession>? _supersessions;

    /// <summary>Which of <see cref="Events"/> took the place of a webhook's, as a rule none. A read of what is held at one time has none to tell.</summary>
    public IReadOnlyList<Supersession> Supersessions
    {
        get => _supersessions ?? [];
        init => _supersessions = value;
    }
}
