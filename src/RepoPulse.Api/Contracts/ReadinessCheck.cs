namespace RepoPulse.Api.Contracts;

/// <summary>What one part says of itself.</summary>
internal sealed record ReadinessCheck
{
    public required string Name { get; init; }

    public required HealthCondition Status { get; init; }

    /// <summary>Why, for people; null where there is nothing to say.</summary>
    public required string? Detail { get; init; }
}
