using System.Buffers;
using System.Text.Json;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Repositories;

/// <summary>The documents of one repository that are small enough, and asked for rarely enough, to be written when they are.</summary>
internal static class RepositoryDocuments
{
    public static void WriteSummary(Utf8JsonWriter json, Repository repository, SeriesSnapshot total, WindowCoverageRule coverage)
    {
        json.WriteRepository(repository);
        json.WriteString("state", StateNames.Of(repository.State));
        json.WriteTime("lastEventAt", total.LastEventAt ?? repository.LastEventAt);
        json.WriteNumber("events", total.Events);
        json.WriteCoverage(coverage);
    }

    public static ReadOnlyMemory<byte> WriteDetails(RepositoryEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var repository = entry.Repository;
            json.WriteStartObject();
            WriteSummary(json, repository, entry.Total, entry.Coverage);
            json.WriteTime("lastPolledAt", repository.LastPolledAt);
            json.WriteTime("nextPollAt", repository.NextPollAt);
            json.WriteStartArray("aliases");
            foreach (var former in repository.Names.Select(sighting => sighting.Name).Where(name => name != repository.Name).Distinct())
                json.WriteStringValue(former.FullName);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> WriteCoverage(
        IEnumerable<CoverageInterval> intervals, Repository repository, string? next)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var interval in intervals)
            {
                json.WriteStartObject();
                json.WriteTime("from", interval.From);
                json.WriteTime("to", interval.To);
                json.WriteString("state", StateNames.Of(interval.State));
                json.WriteString("reason", interval.Reason);
                if (interval.CapturedAtMost is { } captured)
                    json.WriteNumber("capturedAtMost", captured);
                else
                    json.WriteNull("capturedAtMost");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("evidence");
            WritePair(json, "pushes", ("links", repository.Evidence?.Links), ("broken", repository.Evidence?.Broken));
            WritePair(json, "numbers", ("expected", repository.Evidence?.Expected), ("held", repository.Evidence?.Held));
            json.WriteTime("confirmedAt", repository.ConfirmedAt);
            json.WriteEndObject();
            json.WriteString("next", next);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>An object of two numbers; null where they are not known.</summary>
    private static void WritePair(Utf8JsonWriter json, string name, (string Name, long? Value) first, (string Name, long? Value) second)
    {
        json.WritePropertyName(name);
        if (first.Value is not { } one || second.Value is not { } other)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber(first.Name, one);
        json.WriteNumber(second.Name, other);
        json.WriteEndObject();
    }
}
