namespace GitHubSimulator.Chance;

/// <summary>An interval of time: its start belongs to it, its end does not.</summary>
public readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Contains(DateTimeOffset time) => time >= From && time < Until;
}
