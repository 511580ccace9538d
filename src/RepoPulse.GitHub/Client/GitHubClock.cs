using RepoPulse.Core.Hosting;

namespace RepoPulse.GitHub;

/// <summary>
/// The time by GitHub's clock, as its responses date themselves: the one by which events are dated, and the same for every machine. Never
/// later than that clock by more than it may drift; until the first response it is the machine's own. Thread-safe.
/// </summary>
public sealed class GitHubClock(TimeProvider time)
{
    /// <summary>Dates are of whole seconds, and responses are on their way for a while.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A date further off is none: no certificate is valid for so long, so that a machine whose clock is this wrong cannot ask GitHub at
    /// all.
    /// </summary>
    private static readonly TimeSpan MaxDifference = TimeSpan.FromDays(400);

    /// <summary>So many responses in a row must agree with each other before they are believed against those before.</summary>
    private const int Witnesses = 3;

    /// <summary>
    /// The machine's clock may run faster than GitHub's by this share of the time: what was learned is worth that much less.
    /// </summary>
    private const double Drift = 1e-4;

    private readonly Lock _lock = new();

    // GitHub's time at the zero of steady time. Each date proves that it is that time or later, so the latest of them is the best.
    private long? _zero;
    private TimeSpan _learnedAt;
    private long _doubt;
    private int _doubts;

    /// <summary>Whether a response came without a date, as of a server that is not GitHub.</summary>
    public bool IsDateless { get; private set; }

    /// <summary>Whether a response has said what time it is.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_lock)
                return _zero is not null;
        }
    }

    /// <summary>By how much the machine's clock is ahead of GitHub's; null while nothing is known of it.</summary>
    public TimeSpan? MachineAhead => IsKnown ? time.GetUtcNow() - Now : null;

    public DateTimeOffset Now => At(time.GetSteadyNow());

    /// <summary>The time at a moment of <see cref="MonotonicTime"/>.</summary>
    public DateTimeOffset At(TimeSpan steady)
    {
        lock (_lock)
            return _zero is { } zero ? MonotonicTime.At(zero, steady) : time.GetUtcNow() - (time.GetSteadyNow() - steady);
    }

    /// <summary>Takes note of a response's date; null where it has none.</summary>
    /// <param name="arrivedAt">When it came, in steady time.</param>
    internal void Synchronize(DateTimeOffset? responseDate, TimeSpan arrivedAt)
    {
        if (responseDate is not { } date)
        {
            IsDateless = true;
            return;
        }

        if ((date - time.GetUtcNow()).Duration() > MaxDifference)
            return;
        var zero = MonotonicTime.ZeroOf(date, arrivedAt);
        lock (_lock)
        {
            if (_zero is not { } held)
            {
                (_zero, _learnedAt) = (zero, arrivedAt);
                return;
            }

            held -= (long)((arrivedAt - _learnedAt).Ticks * Drift);
            if (Agree(zero, held))
            {
                (_zero, _learnedAt, _doubts) = (Math.Max(zero, held), arrivedAt, 0);
                return;
            }

            // One response of a machine with a wrong clock must not move what is believed; all of them together do.
            _doubts = _doubts > 0 && Agree(zero, _doubt) ? _doubts + 1 : 1;
            _doubt = zero;
            if (_doubts >= Witnesses)
                (_zero, _learnedAt, _doubts) = (zero, arrivedAt, 0);
        }
    }

    private static bool Agree(long zero, long other) => Math.Abs(zero - other) <= Tolerance.Ticks;
}
