using System.Text.Json.Serialization;

namespace RepoPulse.Commands.Stats;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatisticsDocument))]
[JsonSerializable(typeof(ActivityDocument))]
internal sealed partial class StatisticsJsonContext : JsonSerializerContext;
