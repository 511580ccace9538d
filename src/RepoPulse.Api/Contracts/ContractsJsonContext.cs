using System.Text.Json.Serialization;

namespace RepoPulse.Api.Contracts;

/// <summary>
/// The contracts are there for the OpenAPI document, and for tests that hold the answers against it: the answers themselves are written by hand.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
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
