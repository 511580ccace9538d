namespace RepoPulse.Api.Contracts;

/// <summary>Whether the server can answer, and what each of its parts says.</summary>
internal sealed record ReadinessReport
{
    public required HealthCondition Status { get; init; }

    public required IReadOnlyList<ReadinessCheck> Checks { get; init; }
}
