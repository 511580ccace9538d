using System.Runtime.InteropServices;
using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Webhooks;

/// <summary>The JSON of a delivery, and when it came.</summary>
internal readonly record struct WebhookPayload(JsonElement Root, DateTimeOffset ReceivedAt)
{
    /// <summary>How long before its delivery something may have happened: so long GitHub can deliver again.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(3);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public string Action => Root.Text("action") ?? "";

    public JsonElement Repository => Root.Part("repository");

    public bool IsOfPrivateRepository => Repository.Part("private").ValueKind == JsonValueKind.True;

    /// <summary>The time at a path of properties; null where there is none.</summary>
    public DateTimeOffset? Time(params ReadOnlySpan<string> path)
    {
        var value = Root;
        foreach (var name in path)
            value = value.Part(name);
        return value.ValueKind switch
        {
            JsonValueKind.String when value.AsTime() is { } time => ToSecond(time),
            JsonValueKind.Number when value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800 =>
                DateTimeOffset.FromUnixTimeSeconds(seconds),
            _ => null,
        };
    }

    /// <summary>
    /// A time that the repository has had since this happened, unless something else has moved it or it was not moved at all: taken only
    /// where it can be this occurrence's.
    /// </summary>
    public DateTimeOffset? RecentTime(params ReadOnlySpan<string> path) =>
        Time(path) is { } time && time >= ReceivedAt - LongestDelay && time <= ReceivedAt + ClockSkew ? time : null;

    /// <summary>GitHub's times are whole seconds, so ours are too.</summary>
    public static DateTimeOffset ToSecond(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Writes a property as it came, byte for byte, if it came.</summary>
    public static void Copy(Utf8JsonWriter json, JsonElement from, string name) => Write(json, name, from.Part(name));

    /// <summary>Writes a value as it came under a name of its own, if it came.</summary>
    public static void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    public void Copy(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            Copy(json, Root, name);
    }
}
