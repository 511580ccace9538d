using System.Text.Json.Serialization;

namespace RepoPulse.Kafka;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ArchiveRecord))]
[JsonSerializable(typeof(CollectorRecord))]
[JsonSerializable(typeof(CoverageRecord))]
[JsonSerializable(typeof(CursorRecord))]
[JsonSerializable(typeof(FeedRecord))]
[JsonSerializable(typeof(ListRecord))]
[JsonSerializable(typeof(ProgressRecord))]
[JsonSerializable(typeof(StatisticsRecord))]
internal sealed partial class KafkaJsonContext : JsonSerializerContext;
