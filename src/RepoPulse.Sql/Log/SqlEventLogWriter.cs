using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Log;

/// <summary>Appends to the log.</summary>
internal abstract class SqlEventLogWriter : IEventLogWriter
{
    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken) =>
        AppendAsync(events, source, static _ => true, cancellationToken);

    /// <param name="admit">Asked within the transaction, before anything: false leaves all as it is.</param>
    public async ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, Func<SqlSession, bool> admit, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            if (!e.HasRepository)
                throw new ArgumentException($"The event {e.Key.Id} has no repository, and cannot be stored.", nameof(events));
        }

        return events.Count == 0 ? default : await AppendCheckedAsync(events, source, admit, cancellationToken);
    }

    protected abstract ValueTask<AppendResult> AppendCheckedAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, Func<SqlSession, bool> admit, CancellationToken cancellationToken);
}
