namespace RepoPulse.Api;

/// <summary>How many requests were taken within the last minute, to the second. Not safe for several threads at once.</summary>
internal sealed class SlidingWindow(long second)
{
    public const int Seconds = 60;

    /// <summary>A ring: what was taken in a second stands at its number.</summary>
    private readonly int[] _taken = new int[Seconds];
    private long _newest = second;

    public int Taken { get; private set; }

    /// <summary>
    /// When the oldest request is a minute old, in whole seconds of the same clock; a minute from now where there is none.
    /// </summary>
    public long OldestLeavesAt
    {
        get
        {
            for (var oldest = _newest - Seconds + 1; oldest < _newest; oldest++)
            {
                if (Slot(oldest) > 0)
                    return oldest + Seconds;
            }

            return _newest + Seconds;
        }
    }

    /// <summary>Forgets what is a minute old.</summary>
    public void MoveTo(long second)
    {
        for (var i = Math.Max(_newest + 1, second - Seconds + 1); i <= second; i++)
        {
            ref var slot = ref Slot(i);
            Taken -= slot;
            slot = 0;
        }

        _newest = Math.Max(_newest, second);
    }

    public void Take()
    {
        Slot(_newest)++;
        Taken++;
    }

    /// <summary>A clock may count from any time, so that its seconds may be negative.</summary>
    private ref int Slot(long second) => ref _taken[(second % Seconds + Seconds) % Seconds];
}
