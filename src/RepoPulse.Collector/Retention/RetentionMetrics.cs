using System.Diagnostics.Metrics;

namespace RepoPulse.Collector.Retention;

/// <summary>What is counted of retention: apart from collecting, because an archiver deletes too.</summary>
public sealed class RetentionMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _expired = meters.Create(CollectorMetrics.MeterName)
        .CreateCounter<long>("repopulse.collector.events.expired", "{event}", "Events deleted at the end of the retention period");

    internal void Expired(int events) => _expired.Add(events);
}
