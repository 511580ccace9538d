namespace RepoPulse.Api.Contracts;

/// <summary>Whether the server can answer, and what each of its parts says.</summary>
internal sealed record ReadinessReport
{
    /// <summary>"healthy", "degraded" (it answers) or "unhealthy".</summary>
    public required string Status { get; init; }

    public required IReadOnlyList<ReadinessCheck> Checks { get; init; }
}
