using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector.Retention;
using RepoPulse.Events;

namespace RepoPulse.UnitTests.Collector.Retention;

public sealed class RetentionServiceTests : IEventRetention
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeLogger<RetentionService> _logger = new();
    private readonly TaskCompletionSource _deleted = new();
    private int _failures;

    [Fact]
    public async Task A_store_that_stays_away_is_told_of_once()
    {
        using var meters = new TestMeterFactory();
        _failures = 5;
        using var service = new RetentionService(this, new RetentionOptions(TimeSpan.FromDays(7)), new RetentionMetrics(meters), _time, new Random(7), _logger);

        await service.StartAsync(TestContext.Current.CancellationToken);
        await _time.DriveAsync(DeletedAsync(), TimeSpan.FromSeconds(1));
        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [LogLevel.Warning, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug],
            _logger.Collector.GetSnapshot().Select(log => log.Level));
    }

    public ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        if (_failures-- > 0)
            throw new StorageException("The store is away.", isTransient: true);
        _deleted.TrySetResult();
        return ValueTask.FromResult(0);
    }

    private async Task<bool> DeletedAsync()
    {
        await _deleted.Task;
        return true;
    }
}
