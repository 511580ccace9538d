using System.Buffers;
using System.Text.Json;

namespace RepoPulse.Api.Badges;

/// <summary>A badge as an endpoint of shields.io (https://shields.io/badges/endpoint-badge), which draws it.</summary>
internal static class BadgeJson
{
    public static ReadOnlyMemory<byte> Write(Badge badge)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Replies.ForPeople))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("label", badge.Label);
            json.WriteString("message", badge.Text);
            json.WriteString("color", badge.IsKnown ? "blue" : "lightgrey");
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

/// <summary>A badge in the form of shields.io's endpoints.</summary>
internal sealed record ShieldsBadge
{
    /// <summary>Always 1.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What the badge is about.</summary>
    public required string Label { get; init; }

    /// <summary>The statistic in words; "unknown" where there is none.</summary>
    public required string Message { get; init; }

    /// <summary>A colour's name: "lightgrey" where the statistic is unknown.</summary>
    public required string Color { get; init; }
}
