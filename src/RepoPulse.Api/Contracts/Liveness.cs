namespace RepoPulse.Api.Contracts;

/// <summary>That the process runs.</summary>
internal sealed record Liveness
{
    /// <summary>Always "healthy".</summary>
    public required string Status { get; init; }
}
