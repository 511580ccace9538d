using GitHubSimulator.Chance;

namespace GitHubSimulator.Generation;

/// <summary>How long after it happened feeds begin to show an event.</summary>
public sealed record Lateness
{
    /// <summary>At once.</summary>
    public static Lateness None { get; } = new();

    /// <summary>As GitHub says of itself: from half a minute to some minutes as a rule, and up to six hours.</summary>
    public static Lateness AsObserved { get; } = new()
    {
        Least = TimeSpan.FromSeconds(30),
        Usual = TimeSpan.FromMinutes(5),
        LateShare = 0.02,
        Longest = TimeSpan.FromHours(6),
    };

    public TimeSpan Least { get; init; }

    /// <summary>An event that is not late shows between <see cref="Least"/> and this.</summary>
    public TimeSpan Usual { get; init; }

    /// <summary>Of events: those that show later, up to <see cref="Longest"/>.</summary>
    public double LateShare { get; init; }

    public TimeSpan Longest { get; init; }

    /// <summary>No event shows later.</summary>
    internal TimeSpan Most => LateShare > 0 && Longest > Usual ? Longest : Usual;

    /// <summary>At random within a time.</summary>
    public static Lateness Within(TimeSpan most) => new() { Usual = most };

    internal TimeSpan Draw(ref Draws draws)
    {
        var isLate = draws.Happens(LateShare);
        var share = draws.NextDouble();

        // The later, the rarer: each time span twice as long holds as many.
        return isLate
            ? Usual + (Longest - Usual) * (Math.Exp(share * 3) - 1) / (Math.E * Math.E * Math.E - 1)
            : Least + (Usual - Least) * share;
    }
}
