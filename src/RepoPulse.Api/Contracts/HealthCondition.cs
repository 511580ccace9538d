using System.Text.Json.Serialization;

namespace RepoPulse.Api.Contracts;

/// <summary>How the server or a part of it is; "degraded" still answers.</summary>
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
