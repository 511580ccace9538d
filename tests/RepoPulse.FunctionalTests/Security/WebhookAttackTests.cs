using System.Net;
using System.Text;
using RepoPulse.FunctionalTests.Processes;
using RepoPulse.FunctionalTests.Webhooks;

namespace RepoPulse.FunctionalTests.Security;

/// <summary>What somebody who does not know the secret can do to a service that takes webhooks.</summary>
public sealed class WebhookAttackTests : IDisposable
{
    private const int Large = 25 * 1024 * 1024;

    /// <summary>The budget of 64 MiB, and what the process has without it: 2.5 GB were seen before there was one.</summary>
    private const long Bound = 500L * 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("run", Large, 60, 65_536, 0)]
    [InlineData("collect", null, 60, 65_536, 0)]
    [InlineData("run", Large, 60, 300, 1000)]
    [InlineData("run", 1_000_000, 300, 900_000, 1000)]
    public async Task A_signed_delivery_is_accepted_and_memory_stays_bounded(
        string role, int? declaredLength, int connections, int partLength, int pauseMilliseconds)
    {
        await using var service = await StartAsync(role);
        var address = await service.ListeningAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var attack = Enumerable.Range(0, connections)
            .Select(_ => AttackAsync(address, declaredLength, partLength, TimeSpan.FromMilliseconds(pauseMilliseconds), stop.Token))
            .ToList();

        using var http = new HttpClient();
        for (var i = 0; i < 10; i++)
        {
            using var delivery = GitHubHook.Delivery(address, "star", Star(i + 1), Guid.NewGuid().ToString());
            using var response = await http.SendAsync(delivery, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken));
        }

        await stop.CancelAsync();
        await Task.WhenAll(attack);
        Assert.InRange(service.PeakBytes, 0, Bound);
        await EventuallyFreeAsync(http, address);
    }

    [Fact]
    public async Task A_body_that_is_sent_slowly_ends_by_its_deadline()
    {
        await using var service = await StartAsync("collect", "--Webhooks:BodyTimeout=1s");
        var address = await service.ListeningAsync();
        var attack = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var attacker = new BodyAttacker();
            return await attacker.AttackAsync(address, Large, 300, TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }));

        Assert.All(attack, status => Assert.Equal(408, status));
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_at_once()
    {
        await using var service = await StartAsync("collect", "--Server:MaxConnections=16");
        var address = await service.ListeningAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var attack = Enumerable.Range(0, 64).Select(_ => AttackOnceAsync(address, stop.Token)).ToList();

        // Sixteen are held open by their slow bodies, and the others have ended.
        while (attack.Count(task => task.IsCompleted) < 48)
            await Task.WhenAny(attack.Where(task => !task.IsCompleted));
        Assert.Equal(48, attack.Count(task => task.IsCompleted));
        await stop.CancelAsync();
        await Task.WhenAll(attack);

        static async Task AttackOnceAsync(Uri address, CancellationToken stop)
        {
            using var attacker = new BodyAttacker();
            await attacker.AttackAsync(address, Large, 300, TimeSpan.FromMilliseconds(100), stop);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AttackAsync(Uri address, int? declaredLength, int partLength, TimeSpan pause, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var attacker = new BodyAttacker();
            await attacker.AttackAsync(address, declaredLength, partLength, pause, stop);
        }
    }

    /// <summary>The attackers have gone, and nothing of their bodies is left.</summary>
    private static Task<string> EventuallyFreeAsync(HttpClient http, Uri address) => Eventually.GetAsync(
        async () => (await http.GetStringAsync(new Uri(address, "metrics")))
            .Split('\n')
            .Single(line => line.StartsWith("repopulse_collector_webhooks_held_bytes{", StringComparison.Ordinal))
            .Split(' ')[1],
        held => held == "0");

    private static byte[] Star(int user) => Encoding.UTF8.GetBytes(
        $$$"""{"action":"created","starred_at":"2026-01-01T00:00:00Z","repository":{"id":7001,"full_name":"octo/cat","private":false},"sender":{"login":"user-{{{user}}}","id":{{{user}}}}}""");

    private async Task<RepoPulseProcess> StartAsync(string role, params string[] more)
    {
        var service = RepoPulseProcess.Start(
            [role, "--Api:Urls=http://127.0.0.1:0", "--Collector:Urls=http://127.0.0.1:0", $"--Webhooks:Secret={GitHubHook.Secret}", "--Collector:RetentionPeriod=forever", "--GitHub:ApiUrl=http://127.0.0.1:9", _folder.Database, .. more]);
        await service.ListeningAsync();
        return service;
    }
}
