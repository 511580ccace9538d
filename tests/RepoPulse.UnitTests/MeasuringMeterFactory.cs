using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RepoPulse.UnitTests;

/// <summary>Meters whose counters are added up and whose gauges are read, by instrument and labels: <c>name{label=value}</c>.</summary>
internal sealed class MeasuringMeterFactory : IMeterFactory
{
    private readonly ConcurrentDictionary<string, double> _measured = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Meter> _made = [];
    private readonly MeterListener _listener = new();

    public MeasuringMeterFactory()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests have meters of the same name.
            if (_made.Contains(instrument.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, labels, _) => _measured.AddOrUpdate(Key(instrument, labels), value, (_, sum) => sum + value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => _measured[Key(instrument, labels)] = value);
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => _measured[Key(instrument, labels)] = value);
        _listener.Start();
    }

    /// <summary>Everything measured so far; the gauges are read now.</summary>
    public IReadOnlyDictionary<string, double> Measured
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _measured;
        }
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _made.Add(meter);
        return meter;
    }

    public void Dispose() => _listener.Dispose();

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        => labels.Length == 0
            ? instrument.Name
            : $"{instrument.Name}{{{string.Join(',', labels.ToArray().Select(label => $"{label.Key}={label.Value}"))}}}";
}
