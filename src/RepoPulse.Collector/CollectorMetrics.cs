using System.Diagnostics.Metrics;

namespace RepoPulse.Collector;

/// <summary>
/// What is counted of collecting. No label names a repository: what a collector stores may be hidden from readers of its metrics.
/// </summary>
public sealed class CollectorMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RepoPulse.Collector";

    private readonly Counter<long> _received;
    private readonly Counter<long> _appended;
    private readonly Counter<long> _superseding;
    private readonly Counter<long> _outdated;
    private readonly Counter<long> _homeless;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _confirmations;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _overtaken;
    private double _stretch = 1;
    private int _feeds;

    public CollectorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>(
            "repopulse.collector.events.received", "{event}", "Events received, by source, repeated ones included");
        _appended = meter.CreateCounter<long>(
            "repopulse.collector.events.appended", "{event}", "Events that the log did not hold, by source");
        _superseding = meter.CreateCounter<long>(
            "repopulse.collector.events.superseding",
            "{event}",
            "Events appended in place of one that a webhook had brought of the same, by source");
        _outdated = meter.CreateCounter<long>(
            "repopulse.collector.events.outdated",
            "{event}",
            "Events not stored because they were older than the retention period on arrival, by source");
        _homeless = meter.CreateCounter<long>(
            "repopulse.collector.events.without_repository",
            "{event}",
            "Events not stored because they belong to no repository, by source");
        _malformed = meter.CreateCounter<long>(
            "repopulse.collector.events.malformed",
            "{event}",
            "Parts of an answer or archive that are no events and were skipped, by source");
        _polls = meter.CreateCounter<long>("repopulse.collector.polls", "{poll}", "Polls of feeds, by outcome");
        _confirmations = meter.CreateCounter<long>(
            "repopulse.collector.confirmations",
            "{reading}",
            "Readings without conditions, by what they showed: agreed, newer (events that entered meanwhile) or stale");
        _gaps = meter.CreateCounter<long>("repopulse.collector.gaps", "{gap}", "Gaps declared");
        _overtaken = meter.CreateCounter<long>(
            "repopulse.collector.polls.overtaken",
            "{poll}",
            "Polls whose feed another collector took over meanwhile, so that the cursor was left to that one");
        meter.CreateObservableGauge(
            "repopulse.collector.feeds",
            () => Volatile.Read(ref _feeds),
            "{feed}",
            "Feeds that this collector polls: its share of those on the lists");
        meter.CreateObservableGauge(
            "repopulse.collector.polls.stretch",
            () => Volatile.Read(ref _stretch),
            "1",
            "How many times more rarely than wanted feeds are polled, because GitHub's limits do not suffice; 1 where they do");
    }

    internal void Received(EventSource source, int events) => _received.Add(events, Tag(source));

    internal void Appended(EventSource source, int events) => _appended.Add(events, Tag(source));

    internal void Superseding(EventSource source, int events) => _superseding.Add(events, Tag(source));

    internal void Outdated(EventSource source, int events) => _outdated.Add(events, Tag(source));

    internal void WithoutRepository(EventSource source, int events) => _homeless.Add(events, Tag(source));

    internal void Malformed(EventSource source, int parts) => _malformed.Add(parts, Tag(source));

    internal void Polled(string outcome) => _polls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Confirmed(string outcome) => _confirmations.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void GapDeclared() => _gaps.Add(1);

    internal void Overtaken() => _overtaken.Add(1);

    internal void Watching(int feeds) => Volatile.Write(ref _feeds, feeds);

    internal void RecordSlowdown(double factor) => Volatile.Write(ref _stretch, factor);

    private static KeyValuePair<string, object?> Tag(EventSource source) => new("source", source switch
    {
        EventSource.Poll => "poll",
        EventSource.Webhook => "webhook",
        _ => "import",
    });
}
