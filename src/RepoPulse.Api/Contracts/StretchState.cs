using System.Text.Json.Serialization;

namespace RepoPulse.Api.Contracts;

/// <summary>"gap" where events may be missing; "repaired" for a gap over which an archive was imported.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StretchState>))]
internal enum StretchState
{
    [JsonStringEnumMemberName("complete")]
    Complete,

    [JsonStringEnumMemberName("gap")]
    Gap,

    [JsonStringEnumMemberName("repaired")]
    Repaired,
}
