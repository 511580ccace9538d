namespace GitHubSimulator.World;

/// <summary>What is to happen to the world at times to come. Not thread-safe: the world's lock guards it.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _planned = new();
    private long _order;

    /// <summary>The time of the action that is going on.</summary>
    public DateTimeOffset? ActingAt { get; private set; }

    public void Add(DateTimeOffset at, Action action) => _planned.Enqueue(action, (at, _order++));

    /// <summary>Lets everything happen that is due, in order of time, each as of its time.</summary>
    public void AdvanceTo(DateTimeOffset now)
    {
        // An action that asks the world something must not set off the next.
        if (ActingAt is not null)
            return;
        try
        {
            while (_planned.TryPeek(out var action, out var place) && place.At <= now)
            {
                _planned.Dequeue();
                ActingAt = place.At;
                action();
            }
        }
        finally
        {
            ActingAt = null;
        }
    }
}
