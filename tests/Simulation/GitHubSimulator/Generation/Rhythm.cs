using GitHubSimulator.Chance;

namespace GitHubSimulator.Generation;

/// <summary>How much busier or quieter than the mean a time is: by day and night, weekdays and weekends; and short bursts on top.</summary>
internal sealed class Rhythm(int seed, long repositoryId)
{
    /// <summary>No factor exceeds it, bursts aside.</summary>
    public const double Peak = (1 + DaySwing) * Weekday;

    private const double DaySwing = 0.7;
    private const double Weekday = 1.2;

    // So that a week's mean is 1.
    private const double Weekend = (7 - 5 * Weekday) / 2;

    /// <summary>What a burst adds to the rate that its time has anyway.</summary>
    private const double BurstFactor = 5;

    private readonly double _busiestHour = 8 + Draws.Of(seed, DrawKind.BusiestHour, repositoryId).NextDouble() * 12;
    private readonly DrawnWindows _bursts = new(seed, DrawKind.Burst, TimeSpan.FromHours(24), TimeSpan.FromMinutes(12));

    public double FactorAt(DateTimeOffset time)
    {
        var day = 1 + DaySwing * Math.Cos((time.TimeOfDay.TotalHours - _busiestHour) / 24 * Math.Tau);
        return day * (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : Weekday);
    }

    /// <summary>Adds what bursts add in an interval; whether there was any.</summary>
    public bool AddBursts(List<DateTimeOffset> times, DateTimeOffset from, DateTimeOffset until, ref Draws draws, Activity activity)
    {
        var any = false;
        foreach (var burst in _bursts.Between(repositoryId, from, until))
        {
            var start = burst.From > from ? burst.From : from;
            var end = burst.Until < until ? burst.Until : until;
            activity.AddTimes(ref draws, times, start, end, BurstFactor);
            any = true;
        }

        return any;
    }
}
