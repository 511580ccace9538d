using GitHubSimulator.Accounts;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace RepoPulse.Benchmarks.Polling;

/// <summary>
/// A simulated GitHub of many repositories, as busy as in life (log-normal, 3.4 events an hour each on average), in which no limit is ever
/// met.
/// </summary>
internal sealed class ManyRepositories
{
    private readonly int _tokens;

    public ManyRepositories(int repositories, int tokens)
    {
        _tokens = tokens;
        World = new GitHubWorld(TimeProvider.System, new WorldOptions
        {
            KeepsShown = false,
            KeptRequests = 100,
            Limits = new LimitOptions { PerUser = 10_000_000, PointsPerMinute = 10_000_000, MaxConcurrent = 1_000 },
        });
        for (var i = 0; i < tokens; i++)
            World.Accounts.AddToken($"user-{i}", $"token-{i}");
        Spread = RateSpread.Draw(seed: 8, repositories, totalPerHour: 3.4 * repositories, mostPerHour: 5_000, sigma: 2.2);
        ActivityGenerator.Play(World, Spread, new GenerationOptions { MinimalPayloads = true, History = TimeSpan.FromHours(12) });
    }

    public GitHubWorld World { get; }

    public IReadOnlyList<RepositoryActivity> Spread { get; }

    /// <summary>A configuration that watches all of them with every token.</summary>
    public string Configuration =>
        "{\"GitHub\":{\"Tokens\":[" + string.Join(',', Enumerable.Range(0, _tokens).Select(i => $"\"token-{i}\""))
        + "]},\"Collector\":{\"Repositories\":[" + string.Join(',', Spread.Select(activity => $"\"{activity.Name}\"")) + "]}}";
}
