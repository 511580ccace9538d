using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

/// <summary>Keeps the last statistics of each repository, as the API does.</summary>
internal sealed class FakeSink : IStatisticsSink
{
    /// <summary>Run before anything is taken: to fail.</summary>
    public Action BeforePublish { get; set; } = () => { };

    public Dictionary<long, RepositorySnapshot> Figures { get; } = [];

    public List<IReadOnlyList<RepositorySnapshot>> Published { get; } = [];

    public SeriesSnapshot Total(long repository = 1) => Figures[repository].Total;

    public ValueTask PublishAsync(IReadOnlyList<RepositorySnapshot> changed, CancellationToken cancellationToken)
    {
        BeforePublish();
        Assert.NotEmpty(changed);
        Assert.Distinct(changed.Select(f => f.RepositoryId));
        Published.Add(changed);
        foreach (var figures in changed)
            Figures[figures.RepositoryId.Value] = figures;
        return ValueTask.CompletedTask;
    }

    public static StorageException Failure(bool isTransient) => new("The store is away.", isTransient);
}
