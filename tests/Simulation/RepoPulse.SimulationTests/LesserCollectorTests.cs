using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using RepoPulse.Simulation;
using RepoPulse.SimulationTests.Lesser;

namespace RepoPulse.SimulationTests;

/// <summary>What the simulation would say of collectors that do what others do: it must find them out.</summary>
public sealed class LesserCollectorTests
{
    private static readonly Scenario Fair = new()
    {
        Seed = 11,
        Duration = TimeSpan.FromHours(24),
        Repositories = [new("org-0/busy", 900), new("org-0/middling", 60), new("org-1/quiet", 3)],
        Watched = ["org-0/busy", "org-0/middling", "org-1/quiet"],
        Weather = new FaultWeatherOptions { MinLatency = TimeSpan.FromSeconds(1), MaxLatency = TimeSpan.FromSeconds(8) },
        Generation = new GenerationOptions { Seed = 11, MinimalPayloads = true, Lateness = Lateness.AsObserved },
    };

    [Fact]
    public void The_real_one_stands()
        => Assert.Empty(SimulationRun.Run(Fair).Faults);

    [Fact]
    public void One_that_reads_the_first_page_only_is_found_out()
        => AssertFoundOut(gitHub => new FirstPageOnly(gitHub));

    [Fact]
    public void One_that_stops_at_the_first_known_event_is_found_out()
        => AssertFoundOut(gitHub => new StopsAtTheFirstKnown(gitHub));

    [Fact]
    public void One_that_ignores_that_pages_shift_is_found_out()
        => AssertFoundOut(gitHub => new IgnoresDrift(gitHub));

    private static void AssertFoundOut(Func<HttpMessageHandler, HttpMessageHandler> weaken)
        => Assert.Contains(SimulationRun.Run(Fair, weaken).Faults, fault => fault.Contains("stayed visible", StringComparison.Ordinal));
}
