using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Collector.Webhooks;

/// <summary>An aggregator that follows the log of a bench, as in a process that runs while webhooks and polls come in.</summary>
internal sealed class FoldedStatistics : IAsyncDisposable, IStatisticsSink
{
    private readonly ConcurrentDictionary<RepositoryId, RepositorySnapshot> _figures = new();
    private readonly SemaphoreSlim _published = new(0);
    private readonly ServiceProvider _services;

    private FoldedStatistics(IServiceProvider store) => _services = new ServiceCollection()
        .AddLogging()
        .AddMetrics()
        .AddSingleton(store.GetRequiredService<TimeProvider>())
        .AddSingleton(store.GetRequiredService<IEventLogReader>())
        .AddSingleton<IStatisticsSink>(this)
        .AddAggregator(new())
        .BuildServiceProvider();

    public static async Task<FoldedStatistics> StartAsync(IServiceProvider store)
    {
        var statistics = new FoldedStatistics(store);
        await statistics._services.GetRequiredService<IHostedService>().StartAsync(TestContext.Current.CancellationToken);
        return statistics;
    }

    public ValueTask PublishAsync(IReadOnlyList<RepositorySnapshot> changed, CancellationToken cancellationToken)
    {
        foreach (var figures in changed)
            _figures[figures.RepositoryId] = figures;
        _published.Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>Returns once so many events of a type count; of more it can never be so many again.</summary>
    public Task CountedAsync(string type, int events) => UntilAsync(figures => Series(figures, type)?.Events == events);

    /// <summary>Returns once the first event of a type is of that time, which shows which form of an occurrence it is.</summary>
    public Task FirstAsync(string type, DateTimeOffset at) =>
        UntilAsync(figures => Series(figures, type) is { } series && series.FirstEventAt == at);

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<IHostedService>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _published.Dispose();
    }

    private static SeriesSnapshot? Series(RepositorySnapshot figures, string type) =>
        type == "*" ? figures.Total : figures.ByEventType.SingleOrDefault(series => series.EventType.Name == type);

    private async Task UntilAsync(Func<RepositorySnapshot, bool> isIt)
    {
        while (!_figures.TryGetValue(new RepositoryId(WebhookSample.RepositoryId), out var figures) || !isIt(figures))
            await _published.WaitAsync(TestContext.Current.CancellationToken);
    }
}
