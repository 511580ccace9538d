using RepoPulse.Api.Metrics;

namespace RepoPulse.Api.Streaming;

/// <summary>
/// The newest messages, which all readers share: each is held once, however many wait for it, and the oldest goes when there is no room. A
/// reader whose next message it was is dropped, so that none that is slow holds up the others or their memory.
/// </summary>
internal sealed class StreamBuffer(ApiMetrics metrics)
{
    /// <summary>Forty seconds at 200 messages a second.</summary>
    public const int MaxMessages = 8192;
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<StreamSubscription> _readers = [];
    private readonly StreamMessage?[] _slots = new StreamMessage?[MaxMessages];
    private TaskCompletionSource _opened = NewSource();
    private TaskCompletionSource _changed = NewSource();
    private TaskCompletionSource _arrived = NewSource();
    private LogPosition _base;
    private LogPosition _position;
    private long _first;
    private long _next;
    private long _bytes;

    /// <summary>Before which everything has been sent.</summary>
    public LogPosition Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }

    public bool IsOpen => Volatile.Read(ref _opened).Task.IsCompleted;

    public Task ArrivedAsync(CancellationToken cancellationToken) => Volatile.Read(ref _arrived).Task.WaitAsync(cancellationToken);

    /// <summary>Makes a reader known, and returns once there is something to read from.</summary>
    public Task EnterAsync(StreamSubscription reader, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Counted as a reader before it waits: the buffer must not close under one that is about to read.
            _readers.Add(reader);
            metrics.ReaderEntered();
            _arrived.TrySetResult();
            return _opened.Task.WaitAsync(cancellationToken);
        }
    }

    public void Leave(StreamSubscription reader)
    {
        lock (_lock)
        {
            if (_readers.Remove(reader))
                metrics.ReaderLeft();
        }
    }

    public void Open(LogPosition end)
    {
        lock (_lock)
        {
            _base = _position = end;
            _opened.TrySetResult();
        }
    }

    /// <summary>Forgets everything, unless somebody reads.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (_readers.Count > 0)
                return false;
            Array.Clear(_slots);
            _first = _next;
            _bytes = 0;
            _opened = NewSource();
            _arrived = NewSource();
            return true;
        }
    }

    public bool HasReaders()
    {
        lock (_lock)
            return _readers.Count > 0;
    }

    /// <summary>Sends what was read of the log.</summary>
    /// <param name="position">Before which everything has been sent then.</param>
    public void Append(IReadOnlyList<StreamMessage> messages, LogPosition position)
    {
        lock (_lock)
        {
            // Messages first, then the position: a reader that joins at the position must find everything before it in the buffer.
            foreach (var message in messages)
                Add(message);
            _position = position;
            if (messages.Count == 0)
                return;
            DropSlow();
        }

        Wake();
    }

    /// <summary>Sends what is no part of the log. Nothing, where nobody reads.</summary>
    /// <param name="make">Makes the messages for the position up to which everything was sent.</param>
    public void AppendAt(Func<LogPosition, IEnumerable<StreamMessage>> make)
    {
        lock (_lock)
        {
            if (!IsOpen)
                return;
            foreach (var message in make(_position))
                Add(message);
            DropSlow();
        }

        Wake();
    }

    /// <summary>Lets a new reader begin with what comes, after the position that is returned.</summary>
    public LogPosition JoinEnd(StreamSubscription reader)
    {
        lock (_lock)
        {
            reader.Next = _next;
            return _position;
        }
    }

    /// <summary>Lets a reader that has come so far by itself go on with the shared messages, if none that it needs is gone.</summary>
    public bool TryJoin(StreamSubscription reader, LogPosition position)
    {
        lock (_lock)
        {
            if (!position.Covers(_base))
                return false;
            reader.Next = _first;
            return true;
        }
    }

    /// <summary>Adds the reader's next messages to a list; the task completes when there are more.</summary>
    public Task Read(StreamSubscription reader, List<StreamMessage> messages, int maxMessages)
    {
        lock (_lock)
        {
            if (reader.Next is not { } next)
                return Task.CompletedTask;
            for (; next < _next && messages.Count < maxMessages; next++)
                messages.Add(_slots[next % MaxMessages]!);
            reader.Next = next;
            return next < _next ? Task.CompletedTask : _changed.Task;
        }
    }

    private void Add(StreamMessage message)
    {
        while (_first < _next && (_next - _first == MaxMessages || _bytes + message.Size > MaxBytes))
        {
            // The base moves to the position of what is dropped: a reader that resumes before it needs a message that is gone, and reads
            // the log instead.
            ref var slot = ref _slots[_first++ % MaxMessages];
            _base = slot!.Position;
            _bytes -= slot.Size;
            slot = null;
        }

        _slots[_next++ % MaxMessages] = message;
        _bytes += message.Size;
    }

    private void DropSlow()
    {
        foreach (var reader in _readers)
        {
            if (reader.Next >= _first || reader.Next is null)
                continue;
            reader.Drop();
            metrics.ReaderDropped();
        }
    }

    /// <summary>Outside the lock: who is woken reads at once.</summary>
    private void Wake()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            // Replaced under the lock and completed outside it: a reader that looks in between finds either the messages or a task that
            // will complete.
            changed = _changed;
            _changed = NewSource();
        }

        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Something that every reader is sent, made once for all of them.</summary>
/// <param name="Position">Before which everything has been sent once this has.</param>
internal abstract record StreamMessage(LogPosition Position, string Id)
{
    /// <summary>How much memory it takes, nearly.</summary>
    public virtual int Size => 256;
}
