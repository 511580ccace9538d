using RepoPulse.Collector.Retention;

namespace RepoPulse.Collector;

/// <summary>The one door to the log, whichever way an event comes: polled, delivered or imported.</summary>
public sealed class EventIntake(IEventLogWriter log, CollectorOptions options, CollectorMetrics metrics, RetentionClock clock)
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
        var cutoff = options.RetentionPeriod is { } period ? clock.Now - period : DateTimeOffset.MinValue;
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
        var appended = kept.Count == 0 ? default : await append(kept, cancellationToken);
        metrics.Outdated(source, outdated);
        metrics.WithoutRepository(source, homeless);
        metrics.Appended(source, appended.Appended);
        metrics.Superseding(source, appended.Superseding);
        return new IntakeResult(appended.Appended, appended.AlreadyHeld, outdated, homeless);
    }
}

/// <summary>What became of a batch of events; the four numbers add up to its size.</summary>
/// <param name="Outdated">Older than the retention period on arrival.</param>
/// <param name="WithoutRepository">Of a gist or a followed user: they belong to no series.</param>
public readonly record struct IntakeResult(int Appended, int AlreadyHeld, int Outdated, int WithoutRepository)
{
    public static IntakeResult operator +(IntakeResult left, IntakeResult right) => new(
        left.Appended + right.Appended,
        left.AlreadyHeld + right.AlreadyHeld,
        left.Outdated + right.Outdated,
        left.WithoutRepository + right.WithoutRepository);

    public static IntakeResult Add(IntakeResult left, IntakeResult right) => left + right;
}
