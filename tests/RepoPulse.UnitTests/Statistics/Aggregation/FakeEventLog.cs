using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

/// <summary>A log in memory whose reader can be held up, made to fail, and asked when it idles.</summary>
internal sealed class FakeEventLog : IEventLogReader
{
    private readonly Lock _lock = new();
    private readonly List<GitHubEvent> _events = [];
    private readonly List<(int Position, Supersession Supersession)> _supersessions = [];
    private readonly Channel<LogPosition> _idle = Channel.CreateUnbounded<LogPosition>();
    private TaskCompletionSource _appended = new();

    /// <summary>Run before the window is looked at, with how often it was before.</summary>
    public Action<int> BeforeWindow { get; set; } = _ => { };

    /// <summary>Run before each batch is given (with its number within the read, from 0): to wait, or to fail.</summary>
    public Func<int, Task> BeforeWindowBatch { get; set; } = _ => Task.CompletedTask;

    /// <summary>Run before each read of what follows a position.</summary>
    public Action BeforeRead { get; set; } = () => { };

    /// <summary>Every position read after, in order.</summary>
    public List<long> PositionsRead { get; } = [];

    public List<DateTimeOffset> WindowsRead { get; } = [];

    public HashSet<int> BatchSizesAsked { get; } = [];

    public void Append(params ReadOnlySpan<GitHubEvent> events)
    {
        TaskCompletionSource appended;
        lock (_lock)
        {
            _events.AddRange(events);
            (appended, _appended) = (_appended, new());
        }

        appended.SetResult();
    }

    /// <summary>
    /// Appends an event that takes the place of a webhook's, which the log then no longer gives to who starts from the window.
    /// </summary>
    public void AppendInPlaceOf(EventKey superseded, GitHubEvent e)
    {
        lock (_lock)
            _supersessions.Add((_events.Count, new Supersession(e.RepositoryId, e.Type, superseded, e.Key)));
        Append(e);
    }

    /// <summary>Returns when the reader has read everything and waits: once for each time that it does.</summary>
    public async Task IdleAsync() => await _idle.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async IAsyncEnumerable<EventBatch> ReadSinceAsync(
        DateTimeOffset since, int maxEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BeforeWindow(WindowsRead.Count);
        WindowsRead.Add(since);
        BatchSizesAsked.Add(maxEvents);
        GitHubEvent[] all;
        int length;
        lock (_lock)
        {
            length = _events.Count;
            all = [.. _events.Where(e => !_supersessions.Exists(s => s.Supersession.Superseded == e.Key))];
        }

        var batches = all.Where(e => e.Key.CreatedAt >= since).Chunk(maxEvents).Append([]).ToArray();
        for (var i = 0; i < batches.Length; i++)
        {
            await BeforeWindowBatch(i).WaitAsync(cancellationToken);
            // A position in the middle of the read is none to resume from: this one would pass over everything.
            yield return new(batches[i], LogPosition.Of(i == batches.Length - 1 ? length : 1_000_000));
        }
    }

    public ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A fold reads no JSON.");

    public ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("A fold reads up to the end.");

    public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken)
    {
        var position = (int)after.Offsets[0];
        PositionsRead.Add(position);
        BatchSizesAsked.Add(maxEvents);
        BeforeRead();
        lock (_lock)
        {
            GitHubEvent[] events = [.. _events.Skip(position).Take(maxEvents)];
            return new(new EventBatch(events, LogPosition.Of(position + events.Length))
            {
                Supersessions = [.. _supersessions
                    .Where(s => s.Position >= position && s.Position < position + events.Length)
                    .Select(s => s.Supersession)],
            });
        }
    }

    public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
    {
        Task appended;
        lock (_lock)
        {
            if (_events.Count > after.Offsets[0])
                return;
            appended = _appended.Task;
        }

        await _idle.Writer.WriteAsync(after, cancellationToken);
        await appended.WaitAsync(cancellationToken);
    }
}
