using System.Buffers;
using System.Text.Json;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Statistics;

/// <summary>
/// Makes a repository's entry, writing only those documents whose content is another. Not safe for several threads at once.
/// </summary>
internal sealed class DocumentFactory(WindowOptions window)
{
    private static readonly SeriesSnapshot NoEvents = new() { EventType = EventType.All, Events = 0, Capped = false };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <param name="before">The entry that it takes the place of.</param>
    public RepositoryEntry Create(Repository repository, RepositorySnapshot? snapshot, DateTimeOffset now, RepositoryEntry? before)
    {
        var coverage = WindowCoverageRule.Of(repository.Coverage, window.Duration, now);
        var total = snapshot?.Total ?? NoEvents;
        var sameRow = before is not null
            && ReferenceEquals(before.Snapshot, snapshot)
            && before.Coverage == coverage
            && before.Repository.Id == repository.Id
            && before.Repository.Name.FullName == repository.Name.FullName;
        return new RepositoryEntry
        {
            Repository = repository,
            Snapshot = snapshot,
            Total = total,
            Coverage = coverage,
            Statistics = sameRow
                ? before!.Statistics
                : WriteStatistics(repository, total, snapshot?.ByEventType ?? [], coverage, before?.Statistics),
            Summary = sameRow && before!.Repository.State == repository.State && before.Repository.LastEventAt == repository.LastEventAt
                ? before.Summary
                : WriteSummary(repository, total, coverage),
        };
    }

    private byte[] WriteSummary(Repository repository, SeriesSnapshot total, WindowCoverageRule coverage)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            RepositoryDocuments.WriteSummary(json, repository, total, coverage);
            json.WriteEndObject();
        }

        return _buffer.WrittenSpan.ToArray();
    }

    private StatisticsDocument WriteStatistics(
        Repository repository,
        SeriesSnapshot total,
        IReadOnlyList<SeriesSnapshot> byEventType,
        WindowCoverageRule coverage,
        StatisticsDocument? before)
    {
        _buffer.ResetWrittenCount();
        var slices = new SeriesSlice[byEventType.Count];
        int seriesStart;
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            json.WriteRepository(repository);
            json.WriteStartObject("window");
            json.WriteNumber("durationSeconds", window.Duration.TotalSeconds);
            json.WriteNumber("maxEvents", window.MaxEvents);
            json.WriteEndObject();
            json.WriteCoverage(coverage);
            json.WritePropertyName("total");
            WriteSeries(json, total, coverage);
            json.WriteStartArray("byEventType");
            seriesStart = Written(json);
            for (var i = 0; i < slices.Length; i++)
            {
                // The writer puts the comma before a value, not after the one that it follows.
                var start = Written(json) + (i > 0 ? 1 : 0);
                WriteSeries(json, byEventType[i], coverage);
                slices[i] = new(byEventType[i].EventType, start, Written(json) - start);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        // Statistics that came again unchanged leave the document, and with it the entity tag's text, as it is.
        return before is not null && before.Json.Span.SequenceEqual(_buffer.WrittenSpan)
            ? before
            : new StatisticsDocument(_buffer.WrittenSpan.ToArray(), slices, seriesStart);
    }

    private static void WriteSeries(Utf8JsonWriter json, SeriesSnapshot series, WindowCoverageRule coverage)
    {
        json.WriteStartObject();
        json.WriteString("eventType", series.EventType.Name);
        json.WriteNumber("events", series.Events);
        json.WriteString("limitedBy", series.Capped ? "events" : coverage.Limit);
        json.WriteTime("firstEventAt", series.FirstEventAt);
        json.WriteTime("lastEventAt", series.LastEventAt);
        json.WriteNumberOrNull("meanIntervalSeconds", series.MeanIntervalSeconds);
        json.WriteNumberOrNull("medianIntervalSeconds", series.MedianIntervalSeconds);
        json.WriteNumberOrNull("p95IntervalSeconds", series.P95IntervalSeconds);
        json.WriteNumberOrNull("minIntervalSeconds", series.MinIntervalSeconds);
        json.WriteNumberOrNull("maxIntervalSeconds", series.MaxIntervalSeconds);
        json.WriteNumberOrNull("stdDevIntervalSeconds", series.StdDevIntervalSeconds);
        json.WriteEndObject();
    }

    private static int Written(Utf8JsonWriter json) => checked((int)(json.BytesCommitted + json.BytesPending));
}
