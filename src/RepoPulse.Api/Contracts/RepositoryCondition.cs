using System.Text.Json.Serialization;

namespace RepoPulse.Api.Contracts;

/// <summary>"watching"; "unwatched", imported only or on no list any more; or what GitHub answers when it is asked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepositoryCondition>))]
internal enum RepositoryCondition
{
    [JsonStringEnumMemberName("watching")]
    Watching,

    [JsonStringEnumMemberName("unwatched")]
    Unwatched,

    [JsonStringEnumMemberName("notFound")]
    NotFound,

    [JsonStringEnumMemberName("gone")]
    Gone,

    [JsonStringEnumMemberName("blocked")]
    Blocked,

    [JsonStringEnumMemberName("unauthorized")]
    Unauthorized,
}
