using RepoPulse.Api.Metrics;

namespace RepoPulse.Api;

/// <summary>
/// Lets a few questions at once through to the store, since each takes a core, and the others wait. Clients have their turns one after
/// another, so that who asks much waits for itself and not before others. Who would wait for too long is refused.
/// </summary>
internal sealed class QueryQueue(int atOnce, TimeProvider time, ApiMetrics metrics)
{
    public const int MaxWaiting = 2048;
    public const int MaxWaitingOfClient = 512;

    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();

    /// <summary>
    /// Those with a place in the order of turns, and only those: one whose questions have all gone keeps it until it comes up.
    /// </summary>
    private readonly Dictionary<Client, LinkedList<Waiter>> _waiting = [];
    private readonly Queue<Client> _turns = [];
    private int _free = atOnce;
    private int _count;

    /// <summary>Waits for the client's turn, which lasts until it is disposed of.</summary>
    /// <exception cref="OverloadedException">Too many wait, or it waited for too long.</exception>
    public async ValueTask<Turn> EnterAsync(Client client, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> place;
        lock (_lock)
        {
            // Nobody waits while one is free.
            if (_free > 0)
            {
                _free--;
                return new Turn(this);
            }

            place = Enqueue(client);
        }

        try
        {
            await place.Value.Ready.Task.WaitAsync(MaxWait, time, cancellationToken);
            return new Turn(this);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // The turn may have come at this very moment: then it goes on to the next.
            if (Leave(place))
                Next();
            if (e is TimeoutException)
                throw Refuse(
                    "wait", $"The store has had more questions than it could answer for {MaxWait.TotalSeconds} s. The same request may " +
                        "succeed later.");
            throw;
        }
    }

    private LinkedListNode<Waiter> Enqueue(Client client)
    {
        if (!_waiting.TryGetValue(client, out var own))
        {
            _waiting.Add(client, own = []);
            _turns.Enqueue(client);
        }

        if (own.Count >= MaxWaitingOfClient || (_count >= MaxWaiting && !MakeRoom(own)))
            throw Refuse("queue", "Too many questions wait for the store. The same request may succeed later.");
        _count++;
        return own.AddLast(new Waiter());
    }

    /// <summary>Refuses the newest query of the client that has the most, if that is more than this client has.</summary>
    private bool MakeRoom(LinkedList<Waiter> own)
    {
        var most = _waiting.Values.MaxBy(waiting => waiting.Count)!;
        if (most.Count <= own.Count + 1)
            return false;
        var refused = most.Last!;
        most.RemoveLast();
        _count--;
        refused.Value.Ready.SetException(
            Refuse("queue", "Others have waited for the store with fewer questions. The same request may succeed later."));
        return true;
    }

    /// <summary>Stops waiting; whether the turn has come all the same.</summary>
    private bool Leave(LinkedListNode<Waiter> place)
    {
        lock (_lock)
        {
            if (place.List is not { } own)
                return place.Value.HasTurn;
            own.Remove(place);
            _count--;
            return false;
        }
    }

    private void Next()
    {
        Waiter? next = null;
        lock (_lock)
        {
            while (next is null && _turns.TryDequeue(out var client))
            {
                var own = _waiting[client];
                if (own.First is not { } first)
                {
                    _waiting.Remove(client);
                    continue;
                }

                own.RemoveFirst();
                _count--;
                _turns.Enqueue(client);
                next = first.Value;
                next.HasTurn = true;
            }

            if (next is null)
                _free++;
        }

        next?.Ready.SetResult();
    }

    private OverloadedException Refuse(string reason, string message)
    {
        metrics.RequestRefused(reason);
        return new OverloadedException(message, Retry);
    }

    /// <summary>The right to ask the store.</summary>
    internal sealed class Turn(QueryQueue queue) : IDisposable
    {
        private int _over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
                queue.Next();
        }
    }

    private sealed class Waiter
    {
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Under the lock.</summary>
        public bool HasTurn { get; set; }
    }
}

/// <summary>
/// The questions for the store by what they cost, each kind with turns of its own: who asks for a page of events does not wait for those
/// who have all events counted, nor for those who take a page that they were given long ago. All at once are no more than an SQLite
/// database has threads for.
/// </summary>
internal sealed class QueryQueues(TimeProvider time, ApiMetrics metrics)
{
    /// <summary>What reads every event of a time.</summary>
    public QueryQueue Counts { get; } = new(2, time, metrics);

    /// <summary>What reads a piece of a page.</summary>
    public QueryQueue Pages { get; } = new(Math.Clamp(Environment.ProcessorCount, 2, 8), time, metrics);

    /// <summary>What reads a piece again because there was no room to keep it until the client takes it.</summary>
    public QueryQueue Again { get; } = new(1, time, metrics);
}
