using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RepoPulse.Kafka;

/// <summary>What the services count and measure of their dealings with the brokers. No repository is named.</summary>
internal sealed class KafkaMetrics
{
    public const string MeterName = "RepoPulse.Kafka";

    private readonly ConcurrentDictionary<string, int> _assigned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Group, int Partition), (long Lag, long Position)> _progress = [];
    private readonly Counter<long> _appended;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _rebalances;
    private readonly Counter<long> _fenced;
    private readonly Counter<long> _missed;

    public KafkaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _appended = meter.CreateCounter<long>("repopulse.kafka.events.appended", "{event}", "Events that the brokers have confirmed.");
        _skipped = meter.CreateCounter<long>(
            "repopulse.kafka.records.skipped", "{record}", "Records that cannot be read and were skipped, by topic.");
        _errors = meter.CreateCounter<long>(
            "repopulse.kafka.client.errors", "{error}", "Errors that the client reported and deals with itself, such as lost connections.");
        _rebalances = meter.CreateCounter<long>(
            "repopulse.kafka.rebalances", "{rebalance}", "Times that partitions were given to this process or taken from it, by group.");
        _fenced = meter.CreateCounter<long>(
            "repopulse.kafka.fenced", "{transaction}", "Writes that were refused because another process has the partition by now.");
        _missed = meter.CreateCounter<long>(
            "repopulse.kafka.archive.missed", "{offset}", "Offsets that the brokers deleted before the archiver copied them.");
        meter.CreateObservableGauge(
            "repopulse.kafka.partitions.assigned", Assigned, "{partition}", "Partitions that this process has, by group.");
        meter.CreateObservableGauge(
            "repopulse.kafka.lag", Lag, "{record}", "Records between where a partition is read and its end, by group and partition.");
        meter.CreateObservableGauge(
            "repopulse.kafka.position", Positions, "{offset}", "Where a partition is read, by group and partition.");
    }

    public void Appended(int events) => _appended.Add(events);

    public void Skipped(string topic, int records) => _skipped.Add(records, new KeyValuePair<string, object?>("topic", topic));

    public void ClientError() => _errors.Add(1);

    public void Rebalanced(string group, int assigned)
    {
        _assigned[group] = assigned;
        _rebalances.Add(1, new KeyValuePair<string, object?>("group", group));
    }

    public void Fenced() => _fenced.Add(1);

    public void Missed(long offsets) => _missed.Add(offsets);

    public void Progressed(string group, int partition, long position, long lag) => _progress[(group, partition)] = (lag, position);

    public void Stopped(string group, int partition) => _progress.TryRemove((group, partition), out _);

    private IEnumerable<Measurement<int>> Assigned() =>
        _assigned.Select(group => new Measurement<int>(group.Value, new KeyValuePair<string, object?>("group", group.Key)));

    private IEnumerable<Measurement<long>> Lag() => _progress.Select(of => Of(of.Key, of.Value.Lag));

    private IEnumerable<Measurement<long>> Positions() => _progress.Select(of => Of(of.Key, of.Value.Position));

    private static Measurement<long> Of((string Group, int Partition) key, long value) =>
        new(value, new KeyValuePair<string, object?>("group", key.Group), new KeyValuePair<string, object?>("partition", key.Partition));
}
