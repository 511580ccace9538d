using System.Buffers;
using System.Text.Json;

namespace RepoPulse.Api.Activity;

/// <summary>How many events happened in a repository, bucket by bucket.</summary>
internal static class ActivityDocument
{
    /// <param name="counts">In the order of time; each of one of the buckets.</param>
    public static ReadOnlyMemory<byte> Write(TimeBuckets buckets, IReadOnlyList<ActivityCount> counts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("bucketSeconds", (long)buckets.Length.TotalSeconds);
            json.WriteStartArray("items");
            var written = 0;
            for (var i = 0L; i < buckets.Count; i++)
            {
                var from = buckets.Start(i);
                var held = counts.Skip(written)
                    .TakeWhile(count => count.From == from)
                    .OrderBy(count => count.Type.Name, StringComparer.Ordinal)
                    .ToList();
                WriteBucket(json, from, held);
                written += held.Count;
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteBucket(Utf8JsonWriter json, DateTimeOffset from, List<ActivityCount> held)
    {
        json.WriteStartObject();
        json.WriteTime("from", from);
        json.WriteNumber("events", held.Sum(count => count.Events));
        json.WriteStartObject("byEventType");
        foreach (var count in held)
            json.WriteNumber(count.Type.Name, count.Events);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
