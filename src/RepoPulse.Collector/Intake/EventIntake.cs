using RepoPulse.Events;

namespace RepoPulse.Collector.Intake;

/// <summary>The one door to the log, whichever way an event comes: polled, delivered or imported.</summary>
public sealed class EventIntake(IEventLogWriter log, CollectorOptions options, CollectorMetrics metrics, TimeProvider time)
{
    /// <summary>Appends what belongs into the log and counts what does not; durable on return.</summary>
    /// <exception cref="StorageException">The log cannot be written; the batch may be given again.</exception>
    public ValueTask<IntakeResult> AcceptAsync(List<GitHubEvent> events, EventSource source, CancellationToken cancellationToken) =>
        AcceptAsync(events, source, (kept, cancellation) => log.AppendAsync(kept, source, cancellation), cancellationToken);

    /// <param name="append">How what is kept gets into the log, where that takes more than appending.</param>
    /// <exception cref="StorageException">The log cannot be written; the batch may be given again.</exception>
    internal async ValueTask<IntakeResult> AcceptAsync(
        List<GitHubEvent> events,
        EventSource source,
        Func<IReadOnlyList<GitHubEvent>, CancellationToken, ValueTask<AppendResult>> append,
        CancellationToken cancellationToken)
    {
        metrics.Received(source, events.Count);
        var cutoff = options.RetentionPeriod is { } period ? time.GetUtcNow() - period : DateTimeOffset.MinValue;
        var outdated = 0;
        var homeless = 0;
        foreach (var e in events)
        {
            if (!e.HasRepository)
                homeless++;
            else if (e.Key.CreatedAt < cutoff)
                outdated++;
        }

        var kept = outdated + homeless == 0 ? events : events.FindAll(e => e.HasRepository && e.Key.CreatedAt >= cutoff);
        var appended = kept.Count == 0 ? default : await append(kept, cancellationToken).ConfigureAwait(false);
        metrics.Outdated(source, outdated);
        metrics.WithoutRepository(source, homeless);
        metrics.Appended(source, appended.Appended);
        metrics.Superseding(source, appended.Superseding);
        return new IntakeResult(appended.Appended, appended.AlreadyHeld, outdated, homeless);
    }
}
