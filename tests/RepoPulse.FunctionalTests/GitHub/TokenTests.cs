using System.Security.Cryptography;
using GitHubSimulator;
using GitHubSimulator.Accounts;
using GitHubSimulator.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.FunctionalTests.Simulator;
using RepoPulse.GitHub;

namespace RepoPulse.FunctionalTests.GitHub;

/// <summary>The client's tokens against a server that counts as GitHub does.</summary>
[Collection(nameof(TokenCollection))]
public sealed class TokenTests
{
    [Fact]
    public async Task The_tokens_of_one_user_find_together_over_a_socket_and_anothers_stays_apart()
    {
        await using var server = await SimulatorServer.StartAsync(World(TimeProvider.System));
        await using var services = Compose(
            TimeProvider.System,
            new GitHubOptions { ApiUrl = server.BaseAddress, Tokens = ["bob-1", "alice-1", "alice-2"], MaxRequestsPerMinute = 100_000 });
        var pool = services.GetRequiredService<TokenPool>();
        Assert.Equal(3, pool.Accounts.Count);

        for (var i = 0; pool.Accounts.Count > 2; i++)
            Assert.Equal(FeedResponseKind.Page, (await AskAsync(services, pool.Tokens[i % 3])).Kind);

        Assert.Equal([pool.Tokens[1], pool.Tokens[2]], pool.Tokens[1].Account.Tokens);
        Assert.Equal(
            server.World.Accounts.User("alice").Quota(TimeProvider.System.GetUtcNow()).Remaining,
            pool.Tokens[1].Account.Primary!.Value.Remaining);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task From_a_cold_start_at_full_speed_the_tokens_of_one_user_exceed_no_limit(int tokens)
    {
        var time = new FakeTimeProvider(SimulatedGitHub.Start);
        var world = World(time);
        string[] secrets = [.. Enumerable.Range(1, tokens).Select(i => $"alice-{i}")];
        await using var services = Compose(time, new GitHubOptions { Tokens = secrets }, new DirectHandler(world));
        var pool = services.GetRequiredService<TokenPool>();

        var asking = Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => AskAsync(services, pool.Tokens[i % tokens]).AsTask()));
        while (!asking.IsCompleted)
        {
            for (var i = 0; i < 20; i++)
                await Task.Yield();
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.All(await asking, answer => Assert.Equal(FeedResponseKind.Page, answer.Kind));
        Assert.Equal(2_000, world.Requests.Total);
        Assert.Equal(0, world.Requests.ViolationCount);
        Assert.Single(pool.Accounts);
    }

    [Fact]
    public async Task A_user_who_spends_the_hour_elsewhere_is_left_the_reserve_and_asked_again_after_the_reset()
    {
        var time = new FakeTimeProvider(SimulatedGitHub.Start);
        var world = World(time);
        await using var services = Compose(
            time, new GitHubOptions { Tokens = ["alice-1"], MaxRequestsPerMinute = 100_000 }, new DirectHandler(world));
        var token = services.GetRequiredService<TokenPool>().Tokens[0];
        await AskAsync(services, token);

        world.Accounts.User("alice").Exhaust(time.GetUtcNow());
        time.Advance(TimeSpan.FromMinutes(1));
        var refused = await AskAsync(services, token);
        var withheld = await AskAsync(services, token);

        Assert.Equal((FeedResponseKind.Limited, FeedResponseKind.Limited), (refused.Kind, withheld.Kind));
        Assert.Equal(SimulatedGitHub.Start.AddHours(1), refused.RetryAt);
        Assert.Equal(2, world.Requests.Total);
        time.SetUtcNow(refused.RetryAt!.Value);
        Assert.Equal(FeedResponseKind.Page, (await AskAsync(services, token)).Kind);
        Assert.Equal(0, world.Requests.ViolationCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("api/v3")]
    public async Task A_GitHub_App_asks_as_its_installation_within_the_installations_limit(string root)
    {
        using var key = RSA.Create(2048);
        var world = World(TimeProvider.System);
        world.Accounts.Apps.Add(12345, key.ExportSubjectPublicKeyInfoPem());
        world.Accounts.Apps.Install(12345, 678, limit: 12_500);
        await using var server = await SimulatorServer.StartAsync(world);
        var app = new GitHubAppOptions { Id = "12345", InstallationId = 678, PrivateKey = AppPrivateKey.TryRead(
            key.ExportRSAPrivateKeyPem(), out _)! };
        await using var services = Compose(
            TimeProvider.System, new GitHubOptions { ApiUrl = new Uri(server.BaseAddress, root), App = app });
        var token = Assert.Single(services.GetRequiredService<TokenPool>().Tokens);

        var answer = await AskAsync(services, token);

        Assert.Equal(FeedResponseKind.Page, answer.Kind);
        Assert.Equal((12_500, 12_499), (token.Account.Primary!.Value.Limit, token.Account.Primary.Value.Remaining));
        Assert.Equal(250, token.Account.Reserve);
    }

    private static GitHubWorld World(TimeProvider time)
    {
        var world = new GitHubWorld(time, new WorldOptions { Limits = new LimitOptions() });
        world.Repository("octo/cat").Add("WatchEvent", time.GetUtcNow().AddMinutes(-1));
        foreach (var token in (string[])["alice-1", "alice-2", "alice-3", "bob-1"])
            world.Accounts.AddToken(token.Split('-')[0], token);
        return world;
    }

    private static ServiceProvider Compose(TimeProvider time, GitHubOptions options, HttpMessageHandler? handler = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(new Random(1))
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddLogging()
            .AddMetrics()
            .AddGitHub(options);
        if (handler is not null)
            services.AddSingleton(handler);
        return services.BuildServiceProvider();
    }

    private static ValueTask<FeedResponse> AskAsync(ServiceProvider services, GitHubToken token)
    {
        var client = services.GetRequiredService<GitHubClient>();
        return client.GetPageAsync(new FeedRequest(client.FirstPage("repos/octo/cat"), null, token), TestContext.Current.CancellationToken);
    }
}
