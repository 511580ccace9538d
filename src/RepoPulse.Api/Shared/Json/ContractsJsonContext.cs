using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RepoPulse.Api.Activity;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.Events;
using RepoPulse.Api.Health;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api;

/// <summary>
/// The contracts make the OpenAPI document, and tests hold the responses against it. Problems, health and badges are serialised from them;
/// documents and lists of repositories, statistics, events and coverage are written by hand into the buffers that are kept and sent.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RepositoriesPage))]
[JsonSerializable(typeof(RepositoryDetails))]
[JsonSerializable(typeof(RepositoryStatistics))]
[JsonSerializable(typeof(StatisticsPage))]
[JsonSerializable(typeof(EventsPage))]
[JsonSerializable(typeof(CoveragePage))]
[JsonSerializable(typeof(RepositoryActivity))]
[JsonSerializable(typeof(ShieldsBadge))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class ContractsJsonContext : JsonSerializerContext
{
    /// <summary>The JSON for people: letters of every script stand as they are.</summary>
    public static ReadOnlyMemory<byte> Write<T>(T contract, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Replies.ForPeople))
            JsonSerializer.Serialize(json, contract, type);
        return buffer.WrittenMemory;
    }
}
