using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

/// <summary>An aggregator composed as the product composes it, over a fake log, sink and clock.</summary>
internal sealed class AggregatorFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AggregatorFixture(int batchSize = 1000, WindowOptions? window = null, TimeSpan minPublishInterval = default)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)).SetMinimumLevel(LogLevel.Debug))
            .AddMetrics()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IEventLogReader>(Log)
            .AddSingleton<IStatisticsSink>(Sink)
            .AddAggregator(new() { BatchSize = batchSize, Window = window ?? new(), MinPublishInterval = minPublishInterval })
            .BuildServiceProvider();
        Service = Assert.IsAssignableFrom<BackgroundService>(Assert.Single(_services.GetServices<IHostedService>()));
        Status = _services.GetRequiredService<AggregatorStatus>();
    }

    public FakeLogCollector Logs { get; } = new();

    public FakeEventLog Log { get; } = new();

    public FakeSink Sink { get; } = new();

    public AnnouncingTimeProvider Time { get; } = new(TestEvents.Now);

    public BackgroundService Service { get; }

    public AggregatorStatus Status { get; }

    public bool Made(Meter meter) => ReferenceEquals(meter.Scope, _services.GetRequiredService<IMeterFactory>());

    public Task StartAsync() => Service.StartAsync(TestContext.Current.CancellationToken);

    public async Task StartAndIdleAsync()
    {
        await StartAsync();
        await Log.IdleAsync();
    }

    /// <summary>Waits until the aggregator backs off after a failure, and lets the time pass.</summary>
    public async Task PassBackoffAsync()
    {
        var backoff = await Time.NextTimerAsync();
        Assert.NotNull(Status.Current.Failure);
        Time.Advance(backoff);
    }

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
