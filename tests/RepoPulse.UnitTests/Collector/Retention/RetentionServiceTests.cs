using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RepoPulse.Collector.Retention;
using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.Collector.Retention;

public sealed class RetentionServiceTests : IEventRetention
{
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeLogger<RetentionService> _logger = new();
    private readonly TaskCompletionSource _deleted = new();
    private readonly List<DateTimeOffset> _cutoffs = [];
    private int _failures;

    [Fact]
    public async Task A_store_that_stays_away_is_reported_once()
    {
        using var meters = new TestMeterFactory();
        _failures = 5;
        using var service = Create(meters, new RetentionClock(_time));

        await service.StartAsync(TestContext.Current.CancellationToken);
        await _time.DriveAsync(DeletedAsync(), TimeSpan.FromSeconds(1));
        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [LogLevel.Warning, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug],
            _logger.Collector.GetSnapshot().Select(log => log.Level));
    }

    [Fact]
    public async Task A_clock_that_is_far_ahead_at_the_start_deletes_nothing_before_GitHub_has_said_what_time_it_is()
    {
        using var meters = new TestMeterFactory();
        var gitHub = new GitHubClock(_time);
        _time.Ahead = TimeSpan.FromDays(365);
        using var service = Create(meters, new RetentionClock(_time, gitHub));
        await service.StartAsync(TestContext.Current.CancellationToken);
        await _time.DriveAsync(Task
            .Delay(TimeSpan.FromHours(2), _time, TestContext.Current.CancellationToken)
            .ContinueWith(_ => true, TaskScheduler.Default), TimeSpan.FromSeconds(30));
        Assert.Empty(_cutoffs);

        gitHub.Synchronize(_time.Right, _time.GetSteadyNow());
        await _time.DriveAsync(DeletedAsync(), TimeSpan.FromSeconds(1));
        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.All(_cutoffs, cutoff => Assert.InRange(_time.Right - cutoff, TimeSpan.FromDays(7), TimeSpan.FromDays(7.1)));
    }

    [Fact]
    public void A_clock_that_is_set_ahead_while_the_process_runs_makes_nothing_older_even_where_GitHub_is_not_asked()
    {
        var clock = new RetentionClock(_time);
        _time.Ahead = TimeSpan.FromDays(365);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(_time.Right, clock.Now);
        _time.Ahead = TimeSpan.FromDays(-3);
        Assert.Equal(_time.GetUtcNow(), clock.Now);
    }

    public ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        if (_failures-- > 0)
            throw new StorageException("The store is away.", isTransient: true);
        _cutoffs.Add(cutoff);
        _deleted.TrySetResult();
        return ValueTask.FromResult(0);
    }

    private RetentionService Create(TestMeterFactory meters, RetentionClock clock) =>
        new(this, new RetentionOptions(TimeSpan.FromDays(7)), new RetentionMetrics(meters), clock, _time, new Random(7), _logger);

    private async Task<bool> DeletedAsync()
    {
        await _deleted.Task;
        return true;
    }
}
