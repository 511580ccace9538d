using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RepoPulse.Statistics;
using static RepoPulse.UnitTests.Statistics.TestEvents;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

public sealed class AggregatorMetricsTests
{
    [Fact]
    public async Task Counts_what_became_of_each_event()
    {
        await using var fixture = new AggregatorFixture();
        var measured = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            // Other tests have meters of the same name: the factory that made this one distinguishes them.
            if (instrument.Meter.Name == AggregatorMetrics.MeterName && fixture.Made(instrument.Meter))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => measured.AddOrUpdate(i.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((i, value, _, _) => measured[i.Name] = value);
        listener.SetMeasurementEventCallback<double>((i, _, _, _) => measured.AddOrUpdate(i.Name, 1, (_, count) => count + 1));
        listener.Start();

        await fixture.StartAndIdleAsync();
        fixture.Log.Append([.. SecondsAgo(3, 2, 1), .. SecondsAgo(3, 2), Event(9, Now.AddDays(-8))]);
        await fixture.Log.IdleAsync();
        listener.RecordObservableInstruments();

        Assert.Equal(3, measured["repopulse.aggregator.events.folded"]);
        Assert.Equal(2, measured["repopulse.aggregator.events.duplicate"]);
        Assert.Equal(1, measured["repopulse.aggregator.events.outside"]);
        Assert.Equal(1, measured["repopulse.aggregator.published"]);
        Assert.Equal(1, measured["repopulse.aggregator.fold.duration"]);
        Assert.Equal(1, measured["repopulse.aggregator.repositories"]);
        Assert.Equal(2, measured["repopulse.aggregator.series"]);
        Assert.False(measured.ContainsKey("repopulse.aggregator.failures"));
    }
}
