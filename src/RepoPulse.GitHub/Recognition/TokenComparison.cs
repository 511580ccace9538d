namespace RepoPulse.GitHub.Recognition;

/// <summary>
/// Finds out whether two tokens are one user's. One user has one counter: a token's figure then holds the requests of both, each of which raises it by
/// one. It is proven where figures grow by requests that only the other token made and stand where the other's figures say they must, several times,
/// on both sides and never otherwise; equal resets alone say nothing, since windows that we ourselves begin end in the same second.
/// </summary>
internal sealed class TokenComparison
{
    /// <summary>For each of the two tokens. Two users would have to make the very requests that we make, at the same times and from equal figures.</summary>
    private const int WitnessesNeeded = 2;

    /// <summary>In a row. One would do, if GitHub's counters were one machine.</summary>
    private const int ContradictionsNeeded = 3;

    /// <summary>So near to its end a window may be over by GitHub's clock.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Requests that others may have made between two figures without spoiling the comparison.</summary>
    private const int Strangers = 3;

    private readonly Side[] _sides = [new(), new()];
    private int _contradictions;

    public Kinship Kinship { get; private set; }

    /// <summary>Settles the question otherwise: GitHub itself named the users.</summary>
    public void Settle(Kinship kinship) => Kinship = kinship;

    /// <summary>Weighs a token's new reading against what was known of both when its request was sent.</summary>
    /// <param name="side">Which of the two it is of: 0 or 1.</param>
    /// <param name="all">Requests of every token by now.</param>
    /// <param name="own">The same token's reading before; null where there is none.</param>
    /// <param name="other">The other token's reading before.</param>
    public void Weigh(int side, in UsageReading reading, in RequestMark sent, in RequestCount all, UsageReading? own, in UsageReading other, DateTimeOffset now)
    {
        // Where nothing has been used yet the window has not begun, and one that is over says nothing about the next.
        if (reading.Used == 0 || other.Used == 0 || other.Limit.ResetsAt <= now + Margin || reading.Limit.ResetsAt <= now + Margin)
            return;
        if (reading.Limit.Limit != other.Limit.Limit || !reading.Limit.IsOfSameWindow(other.Limit))
        {
            Contradict();
            return;
        }

        var me = _sides[side];
        if (me.Anchor is not { } anchor || !anchor.Limit.IsOfSameWindow(reading.Limit) || own is not { } before)
        {
            me.Restart(reading, other.Own.Charged);
            if (IsBelow(reading, other))
                Contradict();
            return;
        }

        var charged = reading.Charge == RequestCharge.One ? 1 : 0;
        var least = anchor.Used + (before.Own.Charged - anchor.Own.Charged) + (other.Own.Charged - me.OthersCharged) + charged - anchor.Overlap;
        if (IsBelow(reading, other) || reading.Used < least)
        {
            Contradict();
            me.Restart(reading, other.Own.Charged);
            return;
        }

        // All that the token itself can have added since, and the most that the figure can be by the other's.
        var ownMost = reading.Own.Begun - anchor.OwnBefore.Ended - (sent.Own.Free - anchor.OwnBefore.Free) - (anchor.Charge == RequestCharge.Free ? 0 : 1);
        var most = other.Used + all.Begun - other.AllBefore.Ended - (sent.All.Free - other.AllBefore.Free) + Strangers;
        if (reading.Used > most)
        {
            _sides[0].Witnesses = _sides[1].Witnesses = 0;
            me.Restart(reading, other.Own.Charged);
        }
        else if (reading.Used - anchor.Used > ownMost)
        {
            _contradictions = 0;
            me.Witnesses++;
            me.Restart(reading, other.Own.Charged);
            if (_sides[0].Witnesses >= WitnessesNeeded && _sides[1].Witnesses >= WitnessesNeeded)
                Kinship = Kinship.Same;
        }
    }

    /// <summary>Whether the figure is one that a shared counter had already passed when the request was sent.</summary>
    private static bool IsBelow(in UsageReading reading, in UsageReading other)
        => reading.Used - (reading.Charge == RequestCharge.One ? 1 : 0) < other.Used - other.Overlap;

    private void Contradict()
    {
        _sides[0].Witnesses = _sides[1].Witnesses = 0;
        if (++_contradictions == ContradictionsNeeded)
            Kinship = Kinship.Apart;
    }

    /// <summary>One of the two tokens: the figure from which its growth is measured, and how often that growth bore witness.</summary>
    private sealed class Side
    {
        public UsageReading? Anchor { get; private set; }

        /// <summary>What the other token had been charged by the anchor's time.</summary>
        public long OthersCharged { get; private set; }

        public int Witnesses { get; set; }

        public void Restart(in UsageReading anchor, long othersCharged) => (Anchor, OthersCharged) = (anchor, othersCharged);
    }
}
