using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace RepoPulse.UnitTests.Collector.Webhooks;

/// <summary>What the metrics of webhooks count, by outcome.</summary>
internal sealed class CountedOutcomes : IDisposable
{
    private readonly List<MeterListener> _listeners = [];
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string outcome] => _counts.GetValueOrDefault(outcome);

    public void Listen(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "repopulse.collector.webhooks" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) => _counts.AddOrUpdate((string)tags[0].Value!, count, (_, before) => before + count));
        listener.Start();
        _listeners.Add(listener);
    }

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());
}
