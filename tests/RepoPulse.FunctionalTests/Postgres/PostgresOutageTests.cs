using System.Net;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Postgres;

public sealed class PostgresOutageTests : PostgresServicesTest
{
    [Fact]
    public async Task The_server_is_restarted_and_killed_in_the_middle_and_nothing_is_lost_or_counted_twice()
    {
        await StartAsync();
        SimulatedActivity.Start();
        await PolledAsync(times: 2);
        await Server.RestartAsync(immediate: true, Cancellation);
        await PolledAsync(times: 2);
        await Server.KillAsync(Cancellation);
        await Server.StartAsync(Cancellation);
        await PolledAsync(times: 2);

        await AssertWholeAsync();
        await ReadinessAsync(ready: true);
    }

    [Fact]
    public async Task While_the_server_is_down_the_APIs_answer_with_the_age_of_their_figures_and_afterwards_nothing_is_missing()
    {
        await StartAsync();
        await AssertWholeAsync();
        var path = $"api/v1/repositories/{Repositories[0].FullName}/statistics";
        var before = await Apis.GetAsync(path);

        await Server.StopAsync(immediate: true, Cancellation);
        Assert.All(await ReadinessAsync(ready: false), reported => Assert.Contains("read", reported, StringComparison.OrdinalIgnoreCase));
        foreach (var api in Deployment.Apis)
        {
            using var answer = await GetAsync(api, path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(before.GetRawText(), await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.NotNull(answer.Headers.Age);
        }

        // Some happens in every feed, and in one of them more than it can show.
        foreach (var repository in Repositories)
            SimulatedActivity.Add(repository, TimeProvider.System.GetUtcNow(), 1);
        var overflowed = World.Repository("octo/a");
        for (var i = 0; i < 400; i++)
            overflowed.Add("PushEvent", TimeProvider.System.GetUtcNow());
        using (await Eventually.GetAsync(() => GetAsync(Deployment.Apis[0], path), answer => answer.Headers.Age > TimeSpan.FromSeconds(5)))
            await Server.StartAsync(Cancellation);

        await ReadinessAsync(ready: true);
        foreach (var repository in Repositories.Except([overflowed]))
            await AssertHeldAsync(repository);
        await AssertGapAsync(overflowed);
        foreach (var api in Deployment.Apis)
        {
            using var answer = await Eventually.GetAsync(() => GetAsync(api, path), answer => answer.Headers.Age is null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>What was not shown was lost, and the coverage says so.</summary>
    private async Task AssertGapAsync(SimulatedRepository repository)
    {
        var statistics = await Apis.GetAsync(
            $"api/v1/repositories/{repository.FullName}/statistics",
            found => found.GetProperty("coverage").GetProperty("gaps").GetInt32() > 0);
        Assert.False(statistics.GetProperty("coverage").GetProperty("complete").GetBoolean());
        await Apis.HeldAsync(repository.FullName, World.Shown.Of(repository));
    }

    private Task<HttpResponseMessage> GetAsync(Uri api, string path) =>
        Apis.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(api, path)));
}
