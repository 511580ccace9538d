namespace RepoPulse.Api.Contracts;

/// <summary>What one part says of itself.</summary>
internal sealed record ReadinessCheck
{
    public required string Name { get; init; }

    /// <summary>"healthy", "degraded" or "unhealthy".</summary>
    public required string Status { get; init; }

    /// <summary>Why, for people; null where there is nothing to say.</summary>
    public required string? Detail { get; init; }
}
