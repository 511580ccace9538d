using System.Buffers;
using System.Text.Json;
using RepoPulse.Api.Documents;
using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>What cannot be told any more to who comes back: said, and never passed over.</summary>
internal static class StreamGap
{
    /// <summary>Whether a position has the log's partitions.</summary>
    public static bool IsOfLog(LogPosition position, LogPosition end) =>
        position.Offsets.IsEmpty || end.Offsets.IsEmpty || position.Offsets.Length == end.Offsets.Length;

    /// <summary>Where the stream goes on, and what is said before.</summary>
    /// <param name="held">For how long events are held for certain: retention is at least the window.</param>
    /// <param name="gap">Null where nothing is missing.</param>
    public static LogPosition Close(StreamPlace place, LogPosition end, TimeSpan held, DateTimeOffset now, out byte[]? gap)
    {
        gap = null;
        if (!end.Covers(place.Position))
        {
            gap = Write(place.ToldAt, now, "The log ends before this id: it was restored from an older copy.");
            return end;
        }

        if (now - place.ToldAt > held)
            gap = Write(place.ToldAt, now - held, "The id is older than what is sure to be held.");
        return place.Position;
    }

    private static byte[] Write(DateTimeOffset from, DateTimeOffset to, string reason)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteTime("from", from);
            json.WriteTime("to", to);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
