using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPulse.Api.Health;

/// <summary>Whether the server can respond, and what each of its parts says.</summary>
internal sealed record ReadinessReport
{
    public required HealthCondition Status { get; init; }

    public required IReadOnlyList<ReadinessCheck> Checks { get; init; }

    public static ReadinessReport Of(HealthReport report) => new()
    {
        Status = ConditionOf(report.Status),
        Checks =
        [
            .. report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new ReadinessCheck
            {
                Name = entry.Key,
                Status = ConditionOf(entry.Value.Status),
                Detail = entry.Value.Description ?? entry.Value.Exception?.Message,
            }),
        ],
    };

    private static HealthCondition ConditionOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthCondition.Healthy,
        HealthStatus.Degraded => HealthCondition.Degraded,
        _ => HealthCondition.Unhealthy,
    };
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
