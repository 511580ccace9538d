using System.Buffers;
using System.Text.Json;
using RepoPulse.Api.Http;

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
