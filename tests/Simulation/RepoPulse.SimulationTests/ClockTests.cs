using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using RepoPulse.Simulation;

namespace RepoPulse.SimulationTests;

/// <summary>
/// The machine's clock is set ahead or back and put right again, while the collector runs or between two of its lives, and the collector
/// crashes for long enough to lose events at any time: polling goes on, and all that is lost lies in a declared gap.
/// </summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    /// <summary>
    /// MaxPollInterval with its jitter; for a start with another clock, MinPollInterval; and the time that requests take.
    /// </summary>
    private static readonly TimeSpan LongestInterval = (TimeSpan.FromMinutes(15) * 1.1) + TimeSpan.FromMinutes(1.5);

    [Theory]
    [InlineData(60, false)]
    [InlineData(60, true)]
    [InlineData(-60, false)]
    [InlineData(-60, true)]
    [InlineData(60 * 24 * 3, false)]
    [InlineData(60 * 24 * 3, true)]
    [InlineData(-60 * 24 * 3, true)]
    [InlineData(5, true)]
    [InlineData(-5, false)]
    public void Whether_the_clock_is_right_or_wrong_polling_goes_on_and_no_loss_is_hidden(int minutesAhead, bool restarts) =>
        Run(minutesAhead, restarts, isDateless: false);

    [Theory]
    [InlineData(60, false)]
    [InlineData(60, true)]
    [InlineData(60 * 24 * 3, false)]
    [InlineData(60 * 24 * 3, true)]
    public void A_clock_that_was_ahead_hides_nothing_where_GitHub_does_not_say_what_time_it_is_either(int minutesAhead, bool restarts) =>
        Run(minutesAhead, restarts, isDateless: true);

    private void Run(int minutesAhead, bool restarts, bool isDateless)
    {
        // A clock that was ahead by less than an interval is not found out, and the next poll comes so much later.
        var longest = LongestInterval + TimeSpan.FromMinutes(restarts && minutesAhead is > 0 and < 15 ? minutesAhead : 0);
        var lost = 0L;
        for (var seed = 1; seed <= 6; seed++)
        {
            var report = SimulationRun.Run(Scenario(seed, TimeSpan.FromMinutes(minutesAhead), restarts, isDateless));
            output.WriteLine(
                $"seed {seed}: {report.Sweeps} sweeps, {report.Crashes} crashes, {report.Entered} events entered, {report.LostInGaps} " +
                $"lost in {report.Gaps} gaps, {report.Hidden} hidden, longest pause {report.LongestPause}");

            Assert.Empty(report.Faults);
            Assert.Equal(0, report.Hidden);
            Assert.True(report.LongestPause <= longest, $"A feed was not polled for {report.LongestPause}.");
            lost += report.LostInGaps;
        }

        // Else nothing was shown.
        Assert.True(lost > 0);
    }

    private static Scenario Scenario(int seed, TimeSpan ahead, bool restarts, bool isDateless)
    {
        var random = new Random(seed);
        var settings = new List<(TimeSpan At, TimeSpan Ahead)>();
        for (var at = TimeSpan.FromHours(random.NextDouble()); at < TimeSpan.FromHours(20); at += TimeSpan.FromHours(
            0.2 + random.NextDouble()))
            settings.Add((at, settings.Count % 2 == 0 ? ahead : TimeSpan.Zero));
        if (settings.Count % 2 != 0)
            settings.RemoveAt(settings.Count - 1);
        return new Scenario
        {
            Seed = seed,
            Duration = TimeSpan.FromHours(22),
            Repositories = [new("org-0/busy", 900), new("org-0/middling", 60), new("org-1/quiet", 3)],
            Watched = ["org-0/busy", "org-0/middling", "org-1/quiet"],
            Weather = new FaultWeatherOptions { MinLatency = TimeSpan.FromMilliseconds(50), MaxLatency = TimeSpan.FromSeconds(1) },
            Generation = new GenerationOptions { Seed = seed, MinimalPayloads = true },
            CrashSpacing = TimeSpan.FromHours(1.5),

            // Where nothing says what time it is, a clock that was ahead is found out only while its time has not come.
            MaxDowntime = isDateless ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(2),
            ClockSettings = settings,
            RestartsWithClock = restarts,
            IsDateless = isDateless,
        };
    }
}
