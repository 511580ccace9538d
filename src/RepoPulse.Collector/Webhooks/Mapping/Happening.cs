using System.Text.Json;

namespace RepoPulse.Collector.Webhooks.Mapping;

/// <summary>What a delivery tells of, as the Events API would put it.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="WritePayload">Writes the properties of the event's payload.</param>
internal sealed record Happening(string Type, Action<Utf8JsonWriter> WritePayload)
{
    /// <summary>When it happened; null where the delivery does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What tells it from another of the same kind, of the same thing, in the same moment.</summary>
    public string Details { get; init; } = "";
}
