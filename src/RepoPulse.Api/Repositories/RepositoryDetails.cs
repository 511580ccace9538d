using System.Text.Json.Serialization;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api.Repositories;

/// <summary>How a repository stands, with its polls and its former names.</summary>
internal sealed record RepositoryDetails : RepositorySummary
{
    /// <summary>When the repository's feed was last asked for; null where it never was.</summary>
    public required DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>When it will be asked for next; null where it will not.</summary>
    public required DateTimeOffset? NextPollAt { get; init; }

    /// <summary>Former names, the last seen first.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }
}

/// <summary>A page of repositories, by name.</summary>
internal sealed record RepositoriesPage
{
    public required IReadOnlyList<RepositorySummary> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}

/// <summary>How a repository stands.</summary>
internal record RepositorySummary
{
    /// <summary>The present name, owner/name.</summary>
    public required string Repository { get; init; }

    /// <summary>GitHub's id, which stays when the name changes; null while a watched repository has not responded yet.</summary>
    public required long? RepositoryId { get; init; }

    public required RepositoryCondition State { get; init; }

    /// <summary>The newest event of the window, or before it; null where none is held.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>How many events the window holds.</summary>
    public required int Events { get; init; }

    public required WindowCoverage Coverage { get; init; }
}

/// <summary>"watching"; "unwatched", imported only or on no list any more; or what GitHub's response says.</summary>
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
