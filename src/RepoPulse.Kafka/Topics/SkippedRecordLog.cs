using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Kafka;

/// <summary>
/// Logs records that were skipped, at most one a minute for each topic: a topic full of them must not fill the log. Thread-safe.
/// </summary>
internal sealed partial class SkippedRecordLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _loggedAt = new(StringComparer.Ordinal);

    public void Report(string topic, int partition, long offset, string reason)
    {
        var now = time.GetTimestamp();
        if (_loggedAt.TryGetValue(topic, out var last))
        {
            // Of several threads that come at once only one replaces the time, and that one logs.
            if (time.GetElapsedTime(last, now) < Interval || !_loggedAt.TryUpdate(topic, now, last))
                return;
        }
        else if (!_loggedAt.TryAdd(topic, now))
        {
            return;
        }

        LogSkipped(topic, partition, offset, reason);
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "A record of {Topic} cannot be read and is skipped: partition {Partition}, offset {Offset}. {Reason} More of this " +
            "topic are counted in repopulse.kafka.records.skipped")]
    private partial void LogSkipped(string topic, int partition, long offset, string reason);
}
