using System.Text.Json.Serialization;

namespace RepoPulse.Api.Health;

/// <summary>Whether the server can respond, and what each of its parts says.</summary>
internal sealed record ReadinessReport
{
    public required HealthCondition Status { get; init; }

    public required IReadOnlyList<ReadinessCheck> Checks { get; init; }
}

/// <summary>What one part says of itself.</summary>
internal sealed record ReadinessCheck
{
    public required string Name { get; init; }

    public required HealthCondition Status { get; init; }

    /// <summary>Why, for people; null where there is nothing to say.</summary>
    public required string? Detail { get; init; }
}

/// <summary>How the server or a part of it is; "degraded" still responds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthCondition>))]
internal enum HealthCondition
{
    [JsonStringEnumMemberName("healthy")]
    Healthy,

    [JsonStringEnumMemberName("degraded")]
    Degraded,

    [JsonStringEnumMemberName("unhealthy")]
    Unhealthy,
}

/// <summary>That the process runs.</summary>
internal sealed record Liveness
{
    public required HealthCondition Status { get; init; }
}
