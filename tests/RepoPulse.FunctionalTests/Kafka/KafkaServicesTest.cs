using System.Text.Json;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Deployments;
using RepoPulse.FunctionalTests.Services;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Kafka;

/// <summary>Two collectors, two aggregators, two APIs and an archiver over a Kafka of three nodes.</summary>
public abstract class KafkaServicesTest : ServicesTest
{
    /// <summary>So that a feed still shows at the end what happened first, to a collector that reads it only then.</summary>
    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(250);

    private protected KafkaStore Store { get; private set; } = null!;

    private protected override async Task<ProcessDeployment> DeployAsync()
    {
        Store = new KafkaStore(new SqliteStore(), await ServerAsync());
        return new ProcessDeployment(Store, "collect", "collect", "aggregate", "aggregate", "serve", "serve", "archive");
    }

    /// <summary>The one that the services use; null for the run's.</summary>
    private protected virtual Task<KafkaServer?> ServerAsync() => Task.FromResult<KafkaServer?>(null);

    /// <summary>
    /// As <see cref="ServicesTest.AssertWholeAsync"/>, and the statistics are those of one process that has read the same feeds.
    /// </summary>
    private protected async Task AssertAsOneProcessAsync()
    {
        await AssertWholeAsync();
        await using var one = new ProcessDeployment("run");
        await one.StartAsync(SettingsOf(one.Services[0], Repositories));
        using var reader = new ApiReader(one);
        foreach (var repository in Repositories)
            await AssertAsAsync(reader, repository);
    }

    private async Task AssertAsAsync(ApiReader one, SimulatedRepository repository)
    {
        await one.HeldAsync(repository.FullName, SimulatedActivity.Of(repository));
        var path = $"api/v1/repositories/{repository.FullName}/statistics";
        var expected = Figures(await one.GetAsync(path, IsSwept));
        Assert.All(await Apis.GetEachAsync(path), found => Assert.Equal(expected, Figures(found)));
    }

    /// <summary>Without the coverage, which begins when the first sweep does.</summary>
    private static string Figures(JsonElement statistics) =>
        $"{statistics.GetProperty("total").GetRawText()}{statistics.GetProperty("byEventType").GetRawText()}";
}
