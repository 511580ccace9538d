using System.Text.Json.Serialization;

namespace RepoPulse.Commands.Stats;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatisticsDocument))]
internal sealed partial class StatisticsJsonContext : JsonSerializerContext;
