namespace GitHubSimulator.Events;

/// <summary>What is to differ from an ordinary event; what is left out is drawn.</summary>
public sealed record EventDraft
{
    public static EventDraft Ordinary { get; } = new();

    public long? Id { get; init; }

    /// <summary>The actor's login.</summary>
    public string? Actor { get; init; }

    /// <summary>How long after it happened feeds begin to show it.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Where it stands among its neighbours; at its time where it is left out.</summary>
    public DateTimeOffset? RankAt { get; init; }

    /// <summary>The payload's JSON.</summary>
    public string? Payload { get; init; }
}
