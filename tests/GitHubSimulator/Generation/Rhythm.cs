namespace GitHubSimulator.Generation;

/// <summary>How much busier or quieter than the mean a time is: by day and night, weekdays and weekends, and short bursts.</summary>
internal sealed class Rhythm(Random random)
{
    /// <summary>No factor exceeds it.</summary>
    public const double Peak = (1 + DaySwing) * Weekday * BurstFactor;

    private const double DaySwing = 0.7;
    private const double Weekday = 1.2;

    // So that a week's mean is 1.
    private const double Weekend = (7 - 5 * Weekday) / 2;
    private const double BurstFactor = 6;
    private const double HoursBetweenBursts = 24;

    private readonly double _busiestHour = 8 + random.NextDouble() * 12;
    private DateTimeOffset _burstStart = DateTimeOffset.MinValue;
    private DateTimeOffset _burstEnd = DateTimeOffset.MinValue;

    /// <summary>The factor at a time; times must not go back.</summary>
    public double FactorAt(DateTimeOffset time)
    {
        if (time >= _burstEnd)
            DrawBurst(time);
        var day = 1 + DaySwing * Math.Cos((time.TimeOfDay.TotalHours - _busiestHour) / 24 * Math.Tau);
        var week = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : Weekday;
        return day * week * (time >= _burstStart ? BurstFactor : 1);
    }

    private void DrawBurst(DateTimeOffset time)
    {
        _burstStart = time.AddHours(-Math.Log(1 - random.NextDouble()) * HoursBetweenBursts);
        _burstEnd = _burstStart.AddMinutes(5 + random.NextDouble() * 15);
    }
}
