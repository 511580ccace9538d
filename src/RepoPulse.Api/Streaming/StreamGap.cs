using System.Buffers;
using System.Text.Json;

namespace RepoPulse.Api.Streaming;

/// <summary>What cannot be sent any more to a reader that resumes: said, and never passed over.</summary>
internal static class StreamGap
{
    /// <summary>By so much the clocks of two instances may differ.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>Whether a position has the log's partitions.</summary>
    public static bool IsOfLog(LogPosition position, LogPosition end) =>
        position.Offsets.IsEmpty || end.Offsets.IsEmpty || position.Offsets.Length == end.Offsets.Length;

    /// <summary>Where the stream goes on, and what is said before.</summary>
    /// <param name="held">For how long events are held for certain: retention is at least the window.</param>
    /// <param name="gap">Null where nothing is missing.</param>
    public static LogPosition Close(StreamStart place, LogPosition end, TimeSpan held, DateTimeOffset now, out byte[]? gap)
    {
        gap = null;
        if (!end.Covers(place.Position))
        {
            gap = Write(place.SentAt, now, "The log ends before this id: it was restored from an older copy.");
            return end;
        }

        // An id of a clock that was ahead may be of any age.
        if (place.SentAt - now > ClockTolerance)
            gap = Write(now - held, now, "The id is dated in the future: it may be older than what is sure to be held.");
        else if (now - place.SentAt > held)
            gap = Write(place.SentAt, now - held, "The id is older than what is sure to be held.");
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
