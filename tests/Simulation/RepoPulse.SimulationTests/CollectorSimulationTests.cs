using System.Collections.Concurrent;
using System.Globalization;
using RepoPulse.Simulation;

namespace RepoPulse.SimulationTests;

/// <summary>
/// Days of virtual time with everything that GitHub does, many times over. <c>REPOPULSE_SIMULATION_RUNS</c> says how many runs (6 where it
/// is not set), <c>REPOPULSE_SIMULATION_SEED</c> the first seed (1): a run that failed is repeated exactly by its seed and one run.
/// </summary>
public sealed class CollectorSimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_GitHub_does_every_event_that_it_showed_is_held_and_what_cannot_be_known_is_declared()
    {
        var runs = Setting("REPOPULSE_SIMULATION_RUNS", 6);
        var first = Setting("REPOPULSE_SIMULATION_SEED", 1);
        var reports = new ConcurrentBag<RunReport>();
        Parallel.For(first, first + runs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var report = SimulationRun.Run(Scenarios.Draw(seed));
            reports.Add(report);
            foreach (var fault in report.Faults.Take(5))
                output.WriteLine($"{report.Scenario}: {fault}");
        });

        var gaps = reports.Sum(report => report.Gaps);
        var idle = reports.Sum(report => report.GapsThatLostNothing);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} runs, {reports.Sum(report => report.Scenario.Duration.TotalDays):N0} virtual days, " +
            $"{reports.Sum(report => report.Crashes):N0} crashes, {reports.Sum(report => report.Requests):N0} requests, "
            + $"{reports.Sum(report => report.Sweeps):N0} sweeps; {reports.Sum(report => report.Entered):N0} events entered feeds: " +
                $"{reports.Sum(report => report.LostInGaps):N0} missing in {gaps:N0} declared gaps "
            + $"({idle} of which lost nothing), {reports.Sum(report => report.CameAndWent):N0} came and went between two sweeps"));
        Assert.Empty(reports.SelectMany(report => report.Faults.Take(3).Select(fault => $"{report.Scenario}: {fault}")));
        Assert.True(idle <= gaps * 0.05, $"{idle} of {gaps} declared gaps lost nothing.");
    }

    [Fact]
    public void A_seed_gives_the_same_run_every_time()
    {
        var (once, again) = (SimulationRun.Run(Scenarios.Draw(3)), SimulationRun.Run(Scenarios.Draw(3)));

        Assert.Equal(once with { Scenario = again.Scenario, Faults = again.Faults }, again);
        Assert.True(once.Held > 1_000);
    }

    private static int Setting(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
