namespace RepoPulse.GitHub;

/// <summary>
/// Finds out whether two tokens are one user's. One user has one counter, so that a token's value holds the requests of both. It never
/// falls below what both are known to have added: where it does, they are two users'. Where it grows by requests that only the other token
/// made, and stands where the other's statistics say that it must, that is evidence that they are one; many times, on both sides and never
/// otherwise, it is proof. Equal resets say nothing, since windows that we ourselves begin end in the same second.
/// </summary>
internal sealed class TokenComparison
{
    /// <summary>
    /// In a row, for each of the two tokens. Another program that asks with both of two users' tokens as often as we do makes counts that
    /// look like one user's at times, but not so often without a contradiction.
    /// </summary>
    private const int WitnessesNeeded = 8;

    /// <summary>One would do, if GitHub's counters were one machine.</summary>
    private const int ContradictionsNeeded = 5;

    /// <summary>Requests that may or may not be in the counts: with more of them chance could be the evidence.</summary>
    private const int MaxBlur = 4;

    /// <summary>Requests that others may have made between two values without spoiling the comparison.</summary>
    private const int Strangers = 2;

    /// <summary>So near to its end a window may be over by GitHub's clock.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private readonly Side[] _sides = [new(), new()];
    private int _contradictions;

    public SameAccountVerdict Kinship { get; private set; }

    /// <summary>Settles the question otherwise: GitHub itself named the users.</summary>
    public void Settle(SameAccountVerdict kinship) => Kinship = kinship;

    /// <summary>Weighs a token's new reading against what was known of both when its request was sent.</summary>
    /// <param name="side">Which of the two it is of: 0 or 1.</param>
    /// <param name="all">Requests of every token by now.</param>
    /// <param name="own">The same token's reading before; null where there is none.</param>
    /// <param name="other">The other token's reading before.</param>
    public void Weigh(
        int side,
        in UsageSample reading,
        in RequestSnapshot sent,
        in RequestCount all,
        UsageSample? own,
        in UsageSample other,
        DateTimeOffset now)
    {
        // A window that is over says nothing about the next.
        if (other.Limit.ResetsAt <= now + Margin || reading.Limit.ResetsAt <= now + Margin)
            return;
        var me = _sides[side];
        if (reading.Limit.Limit != other.Limit.Limit || !reading.Limit.IsOfSameWindow(other.Limit))
        {
            Contradict();
        }
        else if (me.Anchor is not { } anchor || !anchor.Limit.IsOfSameWindow(reading.Limit) || own is not { } before)
        {
            if (reading.Used <= other.Used - other.Overlap)
                Contradict();
            me.Restart(reading, other.Own.Charged);
        }
        else
        {
            // What both are known to have added since, this request included; some of it may have been in the anchor's value already.
            var added = (before.Own.Charged - anchor.Own.Charged) + (other.Own.Charged - me.OthersCharged) + 1;
            if (reading.Used <= other.Used - other.Overlap || reading.Used < anchor.Used + added - anchor.Overlap)
            {
                Contradict();
                me.Restart(reading, other.Own.Charged);
            }
            else if (Witnesses(anchor, reading, sent, all, other))
            {
                me.Witnesses++;
                me.Restart(reading, other.Own.Charged);
                if (_sides[0].Witnesses >= WitnessesNeeded && _sides[1].Witnesses >= WitnessesNeeded)
                    Kinship = SameAccountVerdict.Same;
            }
            else if (reading.Overlap < anchor.Overlap)
            {
                // The clearer value to measure from.
                me.Restart(reading, other.Own.Charged);
            }
        }
    }

    private static bool Witnesses(
        in UsageSample anchor, in UsageSample reading, in RequestSnapshot sent, in RequestCount all, in UsageSample other)
    {
        if (anchor.Overlap + reading.Overlap + other.Overlap > MaxBlur)
            return false;

        // All that the token itself can have added since the anchor, and the most that its value can be by the other's.
        var ownMost = reading.Own.Begun - anchor.OwnBefore.Ended - (sent.Own.Free - anchor.OwnBefore.Free) - 1;
        var most = other.Used + (all.Begun - other.AllBefore.Ended) - (sent.All.Free - other.AllBefore.Free) - 1 + Strangers;
        return reading.Used - anchor.Used > ownMost && reading.Used <= most;
    }

    private void Contradict()
    {
        _sides[0].Witnesses = _sides[1].Witnesses = 0;
        if (++_contradictions >= ContradictionsNeeded)
            Kinship = SameAccountVerdict.Apart;
    }

    /// <summary>One of the two tokens: the value from which its growth is measured, and how often that growth was evidence.</summary>
    private sealed class Side
    {
        public UsageSample? Anchor { get; private set; }

        /// <summary>What the other token had been charged by the anchor's time.</summary>
        public long OthersCharged { get; private set; }

        public int Witnesses { get; set; }

        public void Restart(in UsageSample anchor, long othersCharged) => (Anchor, OthersCharged) = (anchor, othersCharged);
    }
}
