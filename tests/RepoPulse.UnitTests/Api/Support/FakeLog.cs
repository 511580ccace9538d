namespace RepoPulse.UnitTests.Api.Support;

/// <summary>An event log in memory, with as many partitions as the test wants, that hands out what it is given: repetitions too.</summary>
internal sealed class FakeLog(int partitions = 1) : IEventLogReader, ILogSecret
{
    private readonly Lock _lock = new();
    private readonly List<GitHubEvent>[] _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new List<GitHubEvent>())];
    private readonly List<Supersession> _supersessions = [];
    private TaskCompletionSource _appended = New();

    /// <summary>Read while this is set, the log fails with it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How many pages with JSON were read.</summary>
    public int Pages { get; private set; }

    public void Append(params IReadOnlyList<GitHubEvent> events) => AppendTo(0, [], events);

    public void AppendTo(int partition, IReadOnlyList<Supersession> supersessions, params IReadOnlyList<GitHubEvent> events)
    {
        TaskCompletionSource appended;
        lock (_lock)
        {
            _partitions[partition].AddRange(events);
            _supersessions.AddRange(supersessions);
            (appended, _appended) = (_appended, New());
        }

        appended.SetResult();
    }

    /// <summary>Takes an event out, as retention or a polled form does; its place stays empty.</summary>
    public void Remove(EventKey key)
    {
        lock (_lock)
        {
            var at = _partitions[0].FindIndex(e => e.Key == key);
            _partitions[0][at] = default;
        }
    }

    public IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The stream reads no window.");

    public ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken)
    {
        Fail();
        return ValueTask.FromResult(End());
    }

    /// <summary>The most bytes of JSON that any reader asked to hold at once.</summary>
    public int LargestPage { get; private set; }

    public ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken)
    {
        LargestPage = Math.Max(LargestPage, maxBytes);
        return ReadAsync(after, maxEvents, maxBytes);
    }

    public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The stream reads JSON.");

    private ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, long maxBytes)
    {
        Fail();
        lock (_lock)
        {
            Pages++;
            var events = new List<GitHubEvent>();
            var positions = new List<LogPosition>();
            var offsets = Enumerable.Range(0, partitions).Select(i => Math.Max(0, after[i])).ToArray();
            for (var i = 0; i < partitions; i++)
            {
                for (; offsets[i] < _partitions[i].Count && events.Count < maxEvents && maxBytes > 0; offsets[i]++)
                {
                    if (_partitions[i][(int)offsets[i]] is not { HasRepository: true } e)
                        continue;
                    events.Add(e);
                    maxBytes -= e.Json.Length;
                    positions.Add(LogPosition.Of([.. offsets.Select((offset, at) => at == i ? offset + 1 : offset)]));
                }
            }

            return ValueTask.FromResult(new EventBatch(events, LogPosition.Of(offsets))
            {
                Positions = positions,
                Supersessions = [.. _supersessions.Where(s => events.Exists(e => e.Key == s.By))],
            });
        }
    }

    public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
    {
        Task appended;
        lock (_lock)
        {
            if (Enumerable.Range(0, partitions).Any(i => _partitions[i].Count > Math.Max(0, after[i])))
                return;
            appended = _appended.Task;
        }

        await appended.WaitAsync(cancellationToken);
    }

    ValueTask<ReadOnlyMemory<byte>> ILogSecret.ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>("a secret that all instances share"u8.ToArray());

    private LogPosition End()
    {
        lock (_lock)
            return LogPosition.Of([.. _partitions.Select(events => (long)events.Count)]);
    }

    private void Fail()
    {
        if (Failure is not null)
            throw Failure;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
