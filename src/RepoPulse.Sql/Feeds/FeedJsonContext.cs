using System.Text.Json.Serialization;

namespace RepoPulse.Sql.Feeds;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CursorDocument))]
internal sealed partial class FeedJsonContext : JsonSerializerContext;
