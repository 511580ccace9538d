using System.Text.Json.Serialization;

namespace RepoPulse.Api.Contracts;

/// <summary>
/// What makes a window no longer: the cap on its events; the history, because coverage begins after the window does or nothing was ever swept; or
/// its duration.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowLimit>))]
internal enum WindowLimit
{
    [JsonStringEnumMemberName("events")]
    Events,

    [JsonStringEnumMemberName("history")]
    History,

    [JsonStringEnumMemberName("duration")]
    Duration,
}
