namespace RepoPulse.Api.Contracts;

/// <summary>That the process runs.</summary>
internal sealed record Liveness
{
    public required HealthCondition Status { get; init; }
}
