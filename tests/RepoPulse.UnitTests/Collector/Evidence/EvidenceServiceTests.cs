using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector;
using RepoPulse.Collector.Evidence;
using RepoPulse.Collector.Retention;
using RepoPulse.Core.Evidence;
using RepoPulse.UnitTests.Core.Evidence;

namespace RepoPulse.UnitTests.Collector.Evidence;

public sealed class EvidenceServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly RepositoryId Repository = new(7);

    private readonly FakeTimeProvider _time = new(Noon.AddHours(8));
    private readonly FakeStore _store = new();
    private EvidenceService? _service;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_service is null)
            return;
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
    }

    [Fact]
    public async Task What_is_held_at_the_start_is_looked_at()
    {
        _store.Append(EvidenceEvents.Push(1, Noon, 10, 11), EvidenceEvents.Push(2, Noon.AddHours(1), 12, 13));
        await StartAsync();

        var (repository, report, heldSince) = await _store.SavedAsync();
        Assert.Equal((Repository, Noon.AddHours(8).AddDays(-7)), (repository, heldSince));
        Assert.Equal(new EvidenceCounts(0, 1, 0, 0), report.Counts);
        Assert.Single(report.Gaps);
    }

    [Fact]
    public async Task An_event_that_arrives_has_its_repository_looked_at_again()
    {
        _store.Append(EvidenceEvents.Push(1, Noon, 10, 11), EvidenceEvents.Push(2, Noon.AddHours(1), 12, 13));
        await StartAsync();
        await _store.SavedAsync();
        _store.Append(EvidenceEvents.Push(3, Noon.AddMinutes(30), 11, 12));

        Assert.Empty((await _store.SavedAsync()).Report.Gaps);
    }

    [Fact]
    public async Task When_the_time_of_what_is_missing_is_up_it_is_looked_at_again()
    {
        _store.Append(EvidenceEvents.Push(1, Noon.AddHours(6), 10, 11), EvidenceEvents.Push(2, Noon.AddHours(7), 12, 13));
        await StartAsync();
        Assert.Empty((await _store.SavedAsync()).Report.Gaps);
        _time.Advance(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(10));

        Assert.Single((await _store.SavedAsync()).Report.Gaps);
    }

    [Fact]
    public async Task Where_it_is_only_to_be_reported_no_gap_is_declared()
    {
        _store.Append(EvidenceEvents.Push(1, Noon, 10, 11), EvidenceEvents.Push(2, Noon.AddHours(1), 12, 13));
        await StartAsync(EvidenceMode.Report);

        var report = (await _store.SavedAsync()).Report;
        Assert.Equal(1, report.Counts.Broken);
        Assert.Empty(report.Gaps);
    }

    [Fact]
    public async Task Where_it_is_off_what_was_stored_is_forgotten()
    {
        _store.Append(EvidenceEvents.Push(1, Noon, 10, 11));
        await StartAsync(EvidenceMode.Off);

        await _store.Cleared;
    }

    private Task StartAsync(EvidenceMode mode = EvidenceMode.Declare)
    {
        _service = new EvidenceService(
            _store,
            _store,
            _store,
            _store,
            new CollectorOptions { Name = "test", Evidence = mode },
            new RetentionClock(_time),
            _time,
            new Random(1),
            NullLogger<EvidenceService>.Instance);
        return _service.StartAsync(CancellationToken.None);
    }

    /// <summary>A log in memory, of one repository.</summary>
    private sealed class FakeStore : IEventLogReader, IEventScan, IRepositoryCatalog, IEvidenceStore
    {
        private readonly Lock _lock = new();
        private readonly List<GitHubEvent> _events = [];
        private readonly TaskCompletionSource _cleared = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly Channel<(RepositoryId Repository, EvidenceReport Report, DateTimeOffset HeldSince)> _saved =
            Channel.CreateUnbounded<(RepositoryId, EvidenceReport, DateTimeOffset)>();

        private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Cleared => _cleared.Task;

        public void Append(params GitHubEvent[] events)
        {
            lock (_lock)
            {
                _events.AddRange(events);
                _arrival.TrySetResult();
                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public ValueTask<(RepositoryId Repository, EvidenceReport Report, DateTimeOffset HeldSince)> SavedAsync() =>
            _saved.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public ValueTask SaveAsync(
            RepositoryId repository, EvidenceReport report, DateTimeOffset heldSince, CancellationToken cancellationToken) =>
            _saved.Writer.WriteAsync((repository, report, heldSince), cancellationToken);

        public ValueTask ClearAsync(CancellationToken cancellationToken)
        {
            _cleared.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken)
        {
            lock (_lock)
                return ValueTask.FromResult(LogPosition.Of(_events.Count));
        }

        public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                var events = _events.Skip((int)after[0]).Take(maxEvents).ToList();
                return ValueTask.FromResult(new EventBatch(events, LogPosition.Of(after[0] + events.Count)));
            }
        }

        public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
        {
            Task arrival;
            lock (_lock)
            {
                if (_events.Count > after[0])
                    return;
                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(cancellationToken);
        }

        public async IAsyncEnumerable<GitHubEvent> ReadAsync(
            ScanQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            List<GitHubEvent> events;
            lock (_lock)
                events = [.. _events.Where(e => query.Repositories.Contains(e.RepositoryId) && query.Types.Contains(e.Type))];
            foreach (var e in events)
                yield return e;
        }

        public ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken) => ValueTask.FromResult(
            new CatalogChanges(
                [new Repository { Id = Repository, Names = [new NameObservation(RepositoryName.Parse("octo/cat"), Noon)] }], 1));

        public ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
