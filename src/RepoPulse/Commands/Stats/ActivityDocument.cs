namespace RepoPulse.Commands.Stats;

/// <summary>What is read of the API's activity of a repository.</summary>
internal sealed record ActivityDocument
{
    public required IReadOnlyList<ActivityBucket> Items { get; init; }
}
