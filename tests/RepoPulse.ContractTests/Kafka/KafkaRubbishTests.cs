using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RepoPulse.ContractTests.Storage;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>Records that no service writes are skipped and counted, whichever topic they stand in.</summary>
public sealed class KafkaRubbishTests : KafkaTest
{
    private static readonly FeedAddress Feed = FeedAddress.OfOrganization("octo");

    [Fact]
    public async Task A_collector_reads_cursors_and_coverage_among_rubbish()
    {
        Assert.True(await Store.Feeds.SaveAsync(Feed, new FeedCursor { Failures = 3 }, null, [], Cancellation));
        using var skipped = new SkippedRecords();
        var rubbish = new KafkaRubbish(Topics, seed: 5);
        foreach (var topic in (string[])["feeds", "cursors", "coverage", "collectors"])
            await rubbish.WriteAsync(topic, Cancellation);

        var next = new Store(Open());
        Assert.Equal(3, (await next.Feeds.ReadCursorAsync(Feed, Cancellation)).Failures);
        await next.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation);

        foreach (var topic in (string[])["feeds", "cursors", "coverage", "collectors"])
            Assert.InRange(skipped.Of(Topics.Prefix + topic), 1, int.MaxValue);
    }

    private sealed class SkippedRecords : IDisposable
    {
        private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
        private readonly MeterListener _listener = new();

        public SkippedRecords()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "repopulse.kafka.records.skipped")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, count, tags, _) => _counts.AddOrUpdate((string)tags[0].Value!, count, (_, before) => before + count));
            _listener.Start();
        }

        public long Of(string topic) => _counts.GetValueOrDefault(topic);

        public void Dispose() => _listener.Dispose();
    }
}
