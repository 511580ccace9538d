using System.Text.Json.Serialization;
using RepoPulse.Api.Activity;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.Events;
using RepoPulse.Api.Health;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api;

/// <summary>
/// The contracts are there for the OpenAPI document, and for tests that hold the responses against it: the responses themselves are written
/// by hand.
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
internal sealed partial class ContractsJsonContext : JsonSerializerContext;
