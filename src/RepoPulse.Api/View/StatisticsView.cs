using RepoPulse.Api.Coverage;
using RepoPulse.Api.Statistics;
using RepoPulse.Statistics;

namespace RepoPulse.Api.View;

/// <summary>
/// What the API serves from: every shown repository with its documents, written when something changes and never when somebody asks.
/// Statistics come from the aggregator, names and coverage from the catalog, and the hour moves both: writers take turns under a lock,
/// readers take none.
/// </summary>
internal sealed class StatisticsView(WindowOptions window, VisibilityRules visibility, TimeProvider time) : IStatisticsSink
{
    /// <summary>A clock that goes back by more than this was set.</summary>
    private static readonly TimeSpan MaxStandstill = TimeSpan.FromMinutes(1);

    private readonly Lock _writing = new();
    private readonly Dictionary<RepositoryId, TrackedRepository> _known = [];
    private readonly Dictionary<RepositoryName, TrackedRepository> _nameless = [];
    private readonly PriorityQueue<TrackedRepository, DateTimeOffset> _changes = new();
    private readonly DocumentFactory _documents = new(window);
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private long _version;
    private DateTimeOffset? _nextChangeAt;

    /// <summary>
    /// Reports, from within a writer's turn, when a document next changes by the mere passage of time; null where none does.
    /// </summary>
    public Action<DateTimeOffset?>? NextChangeMoved { private get; set; }

    /// <summary>Reports, from within a writer's turn, each shown repository whose statistics changed.</summary>
    public Action<RepositoryId>? StatisticsChanged { private get; set; }

    public RepositoryDirectory Directory { get; } = new();

    /// <summary>Grows with every change: what was made from the view under one version holds while that is the version.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>
    /// Whether an event's repository is shown, by its present name; by the one that the event has where the catalog has reported none.
    /// </summary>
    public bool Shows(RepositoryId id, RepositoryName name)
    {
        if (Directory.Find(id) is not null)
            return true;
        lock (_writing)
            return _known.GetValueOrDefault(id)?.Repository is { } repository ? visibility.Shows(repository.Name) : visibility.Shows(name);
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(IReadOnlyList<RepositorySnapshot> changed, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            var now = Look();
            foreach (var snapshot in changed)
            {
                var tracked = Known(snapshot.RepositoryId);
                NoteNewest(tracked, snapshot.Total.LastEventAt);
                tracked.Snapshot = snapshot;
                Refresh(tracked, now);
            }

            Commit();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Takes repositories that changed, each whole and in place of what was known of it.</summary>
    public void Apply(IReadOnlyList<Repository> changed)
    {
        lock (_writing)
        {
            var now = Look();

            // Those with an id first: what is nameless in the same batch is so still, what was nameless before may have got its id just
            // now.
            foreach (var repository in changed.Where(repository => repository.Id != RepositoryId.None))
            {
                var tracked = Known(repository.Id);
                var before = tracked.Repository;
                Put(tracked, repository, now);
                DropNameless(repository, before);
            }

            foreach (var repository in changed.Where(repository => repository.Id == RepositoryId.None))
                PutNameless(repository, now);
            Commit();
        }
    }

    /// <summary>Writes again what the passage of time has changed.</summary>
    public void Advance()
    {
        lock (_writing)
        {
            var now = Look();
            while (_changes.TryPeek(out var tracked, out var due) && due <= now)
            {
                _changes.Dequeue();
                if (tracked.ChangesAt == due)
                    Refresh(tracked, now);
            }

            Commit();
        }
    }

    /// <summary>
    /// What time it is. What the passage of time changed while the clock was ahead is written again once it was put right.
    /// </summary>
    private DateTimeOffset Look()
    {
        var now = time.GetUtcNow();
        if (_lookedAt > DateTimeOffset.MinValue && _lookedAt - now > MaxStandstill)
        {
            foreach (var tracked in _known.Values.Concat(_nameless.Values))
                Refresh(tracked, now);
        }

        return _lookedAt = now;
    }

    private TrackedRepository Known(RepositoryId id)
    {
        if (!_known.TryGetValue(id, out var tracked))
            _known.Add(id, tracked = new TrackedRepository());
        return tracked;
    }

    /// <summary>
    /// The catalog does not report every event: until it does, what the aggregator saw is the newest. What it saw before may have been
    /// superseded by an event that is dated a little earlier.
    /// </summary>
    private static void NoteNewest(TrackedRepository tracked, DateTimeOffset? newest)
    {
        if (tracked.Repository is not { } repository || newest is null)
            return;
        var seenBefore = tracked.Snapshot?.Total.LastEventAt;
        if (repository.LastEventAt is null || newest > repository.LastEventAt || repository.LastEventAt == seenBefore)
            tracked.Repository = repository with { LastEventAt = newest };
    }

    private void PutNameless(Repository repository, DateTimeOffset now)
    {
        // A repository that has the name now is the one that was meant.
        if (Directory.IsBorne(repository.Name))
            return;

        // Nothing is known of it, and nobody waits for anything to be.
        if (repository.State == RepositoryState.Unwatched)
        {
            DropNameless(repository.Name);
            return;
        }

        if (!_nameless.TryGetValue(repository.Name, out var tracked))
            _nameless.Add(repository.Name, tracked = new TrackedRepository());
        Put(tracked, repository, now);
    }

    /// <summary>A name that a repository with an id has now, or has just been found to have had, is that repository's.</summary>
    private void DropNameless(Repository repository, Repository? before)
    {
        if (_nameless.Count == 0)
            return;
        foreach (var sighting in repository.Names)
        {
            if (sighting.Name == repository.Name || before is null || !before.Names.Any(name => name.Name == sighting.Name))
                DropNameless(sighting.Name);
        }
    }

    private void DropNameless(RepositoryName name)
    {
        if (!_nameless.Remove(name, out var tracked))
            return;
        if (tracked.Cell is { } cell)
            Directory.Remove(cell, tracked.Repository!.Names);
        tracked.Cell = null;
        tracked.ChangesAt = null;
    }

    private void Put(TrackedRepository tracked, Repository repository, DateTimeOffset now)
    {
        var before = tracked.Repository;
        tracked.Repository = repository;
        if (tracked.Cell is { } cell)
        {
            if (cell.Key.Name == repository.Name)
            {
                Directory.Rename(cell, before!.Names, repository.Names);
                Refresh(tracked, now);
                return;
            }

            // The new cell is added before the old one goes, so that a name they share is found at every moment.
            tracked.Cell = null;
            Refresh(tracked, now);
            Directory.Remove(cell, before!.Names);
            return;
        }

        Refresh(tracked, now);
    }

    /// <summary>Writes what is shown of a repository, if it is shown.</summary>
    private void Refresh(TrackedRepository tracked, DateTimeOffset now)
    {
        if (tracked.Repository is not { } repository)
            return;
        if (!visibility.Shows(repository.Name))
        {
            tracked.ChangesAt = null;
            return;
        }

        var before = tracked.Cell?.Entry;
        var entry = _documents.Create(repository, tracked.Snapshot, now, before);
        if (tracked.Cell is { } cell)
            cell.Entry = entry;
        else
            Directory.Add(tracked.Cell = new RepositoryCell(entry.Key, entry), repository.Names);
        if (repository.Id != RepositoryId.None && !ReferenceEquals(entry.Statistics, before?.Statistics))
            StatisticsChanged?.Invoke(repository.Id);
        Schedule(tracked, WindowCoverageRule.NextChange(repository.Coverage, window.Duration, now));
    }

    /// <summary>What is no longer due stays in the queue until its time comes and is passed over then.</summary>
    private void Schedule(TrackedRepository tracked, DateTimeOffset? due)
    {
        if (tracked.ChangesAt == due)
            return;
        tracked.ChangesAt = due;
        if (due is { } at)
            _changes.Enqueue(tracked, at);
    }

    private void Commit()
    {
        Directory.Commit();
        Interlocked.Increment(ref _version);
        DateTimeOffset? next = _changes.TryPeek(out _, out var due) ? due : null;
        if (next == _nextChangeAt)
            return;
        _nextChangeAt = next;
        NextChangeMoved?.Invoke(next);
    }
}

/// <summary>
/// What the view's writers know of a repository, hidden ones and half-known ones included. Touched under the view's lock alone.
/// </summary>
internal sealed class TrackedRepository
{
    /// <summary>Null while only the aggregator has reported it: without a name it cannot be shown.</summary>
    public Repository? Repository { get; set; }

    public RepositorySnapshot? Snapshot { get; set; }

    /// <summary>Null while it is hidden or has no name.</summary>
    public RepositoryCell? Cell { get; set; }

    /// <summary>When its coverage statement changes by itself.</summary>
    public DateTimeOffset? ChangesAt { get; set; }
}
