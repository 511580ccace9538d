using RepoPulse.Api;
using RepoPulse.Api.Health;
using RepoPulse.Api.Metrics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Metrics;

public sealed class RepositoryMetricsTests : IDisposable
{
    private readonly MeasuringMeterFactory _meters = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task Every_series_of_a_shown_repository_is_measured()
    {
        await using var server = await StartAsync();
        var gap = new CoverageInterval(Some.Now.AddDays(-3), Some.Now.AddDays(-2), CoverageState.Gap, "down");
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { Coverage = Some.Ledger(gap) });
        await server.PublishAsync(Some.Figures(1, Some.Series("*", 5, mean: 60.5) with { P95IntervalSeconds = 90 }, Some.Series(
            "PushEvent", 4, mean: 70), Some.Series("ForkEvent", 1)));

        var measured = _meters.Measured;

        Assert.Equal(5, measured["repopulse.repository.events{repository=octo/pulse,event_type=*}"]);
        Assert.Equal(4, measured["repopulse.repository.events{repository=octo/pulse,event_type=PushEvent}"]);
        Assert.Equal(60.5, measured["repopulse.repository.interval.mean{repository=octo/pulse,event_type=*}"]);
        Assert.Equal(90, measured["repopulse.repository.interval.p95{repository=octo/pulse,event_type=*}"]);
        Assert.Equal(
            Some.Now.AddHours(-1).ToUnixTimeSeconds(),
            measured["repopulse.repository.last_event.time{repository=octo/pulse,event_type=*}"]);
        Assert.Equal(1, measured["repopulse.repository.gaps{repository=octo/pulse}"]);
        Assert.Equal(86_400, measured["repopulse.repository.missing{repository=octo/pulse}"]);
        Assert.Equal(0, measured["repopulse.repository.series.omitted"]);

        // Null is nothing, never 0.
        Assert.DoesNotContain("repopulse.repository.interval.mean{repository=octo/pulse,event_type=ForkEvent}", measured.Keys);
    }

    [Fact]
    public async Task A_hidden_repository_is_not_measured_nor_one_that_was_renamed_to_a_hidden_name()
    {
        await using var server = await StartAsync(new ApiOptions { Repositories = ["*", "!secret/*"] });
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"), Some.Repository(2, "secret/one"), Some.Repository(3, "octo/gone"));
        await server.PublishAsync(Some.Figures(1, 5), Some.Figures(2, 5), Some.Figures(3, 5));
        await server.Catalog.PutAsync(Some.Repository(3, "secret/gone", "octo/gone"));

        Assert.Equal(
            ["repopulse.repository.events{repository=octo/pulse,event_type=*}"],
            _meters.Measured.Keys.Where(key => key.StartsWith("repopulse.repository.events", StringComparison.Ordinal)));
        Assert.DoesNotContain(_meters.Measured.Keys, key => key.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Series_are_bounded_totals_first_and_what_is_left_out_is_counted()
    {
        await using var server = await StartAsync();
        const int Repositories = RepositoryMetrics.MaxSeries - 3;
        await server.Catalog.PutAsync([.. Enumerable.Range(1, Repositories).Select(id => Some.Repository(id, $"octo/r{id:0000}"))]);
        await server.PublishAsync([.. Enumerable
            .Range(1, Repositories)
            .Select(id => Some.Figures(id, 5, Some.Series("PushEvent", 3), Some.Series("WatchEvent", 2)))]);

        var events = _meters.Measured.Keys.Where(key => key.StartsWith("repopulse.repository.events", StringComparison.Ordinal)).ToList();

        Assert.Equal(RepositoryMetrics.MaxSeries, events.Count);
        Assert.Equal(Repositories, events.Count(key => key.Contains("event_type=*", StringComparison.Ordinal)));
        Assert.Contains("repopulse.repository.events{repository=octo/r0002,event_type=PushEvent}", events);
        Assert.Equal(3 * Repositories - RepositoryMetrics.MaxSeries, _meters.Measured["repopulse.repository.series.omitted"]);
    }

    [Fact]
    public async Task Nothing_is_measured_of_half_a_window()
    {
        await using var server = await StartAsync(ready: false);
        await server.Catalog.WaitUntilFollowedAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        await server.PublishAsync(Some.Figures(1, 5));

        Assert.DoesNotContain(_meters.Measured.Keys, key => key.StartsWith("repopulse.repository.events", StringComparison.Ordinal));
    }

    private async Task<ApiServer> StartAsync(ApiOptions? options = null, bool ready = true)
    {
        options ??= new ApiOptions();
        var server = await ApiServer.StartAsync(options, ready);
        _ = new RepositoryMetrics(_meters, server.View, new ReadinessGate(server.Aggregator, server.CatalogStatus), options, server.Time);
        return server;
    }
}
