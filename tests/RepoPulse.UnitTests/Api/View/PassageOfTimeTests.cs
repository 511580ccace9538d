using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.View;

public sealed class PassageOfTimeTests
{
    [Fact]
    public async Task Documents_change_when_coverage_reaches_across_the_window_though_nothing_arrives()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(
            Some.Repository(1, "octo/a") with { Coverage = Some.CompleteFrom(Some.Now.AddDays(-6)) },
            Some.Repository(2, "octo/b") with { Coverage = Some.CompleteFrom(Some.Now.AddDays(-5)) });
        await server.PublishAsync(
            Some.Figures(1, 9, Some.Series("PushEvent", 500, capped: true), Some.Series("WatchEvent", 3)), Some.Figures(2, 1));
        Assert.Equal(("history", "events", "history", false), await LimitsAsync(server));
        var tag = (await server.GetAsync("/api/v1/statistics")).Headers.ETag;

        server.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(("history", "events", "history", false), await LimitsAsync(server));
        Assert.Equal(tag, (await server.GetAsync("/api/v1/statistics")).Headers.ETag);

        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("duration", "events", "duration", true), await LimitsAsync(server));
        Assert.NotEqual(tag, (await server.GetAsync("/api/v1/statistics")).Headers.ETag);
        Assert.False(await CompleteAsync(server, "octo/b"));

        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(await CompleteAsync(server, "octo/b"));
    }

    [Fact]
    public async Task Gaps_leave_the_window_one_by_one()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a") with
        {
            Coverage = Some.Ledger(
                new(Some.Now.AddDays(-30), Some.Now.AddDays(-6), CoverageState.Gap, "down"),
                new(Some.Now.AddDays(-6), Some.Now.AddDays(-3), CoverageState.Complete, null),
                new(Some.Now.AddDays(-3), Some.Now.AddDays(-2), CoverageState.Repaired, "down"),
                new(Some.Now.AddDays(-2), Some.Now, CoverageState.Complete, null)),
        });

        Assert.Equal((2, 25 * 86400.0), await GapsAsync(server));
        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 86400.0), await GapsAsync(server));
        server.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal((0, 0.0), await GapsAsync(server));
        Assert.True(await CompleteAsync(server, "octo/a"));
    }

    [Fact]
    public async Task What_changed_while_the_clock_was_ahead_is_put_right_with_it()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(
            Some.Repository(1, "octo/a") with { Coverage = Some.CompleteFrom(Some.Now.AddDays(-6)) },
            Some.Repository(2, "octo/b") with { Coverage = Some.CompleteFrom(Some.Now.AddDays(-5)) });
        server.Time.Ahead = TimeSpan.FromDays(1);
        await server.PublishAsync(Some.Figures(1, 9), Some.Figures(2, 1));
        Assert.True(await CompleteAsync(server, "octo/a"));

        server.Time.Ahead = TimeSpan.Zero;
        await server.PublishAsync(Some.Figures(2, 2));
        Assert.False(await CompleteAsync(server, "octo/a"));
        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(await CompleteAsync(server, "octo/a"));
        Assert.False(await CompleteAsync(server, "octo/b"));
    }

    [Fact]
    public async Task A_change_that_comes_to_be_due_earlier_is_not_slept_through()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a") with { Coverage = Some.CompleteFrom(Some.Now.AddHours(-1)) });
        await server.Catalog.PutAsync(
            Some.Repository(2, "octo/b") with { Coverage = Some.CompleteFrom(Some.Now.AddDays(-7).AddMinutes(1)) });

        server.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await CompleteAsync(server, "octo/b"));
        Assert.False(await CompleteAsync(server, "octo/a"));
    }

    [Fact]
    public async Task A_new_gap_takes_the_place_of_the_change_that_was_due()
    {
        await using var server = await ApiServer.StartAsync();
        var ledger = Some.CompleteFrom(Some.Now.AddDays(-6));
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a") with { Coverage = ledger });
        var broken = ledger.Apply(
            new SweepProof { From = Some.Now.AddHours(1), To = Some.Now.AddHours(2), Contiguous = false, GapReason = "down" });
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a") with { Coverage = broken });

        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await CompleteAsync(server, "octo/a"));
        server.Time.Advance(TimeSpan.FromDays(6) + TimeSpan.FromHours(1));
        Assert.True(await CompleteAsync(server, "octo/a"));
    }

    [Fact]
    public async Task The_list_of_repositories_changes_with_the_hour_too()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a") with { Coverage = Some.CompleteFrom(Some.Now.AddDays(-6)) });

        server.Time.Advance(TimeSpan.FromDays(1));

        var row = (await server.GetJsonAsync("/api/v1/repositories")).GetProperty("items")[0];
        Assert.True(row.GetProperty("coverage").GetProperty("complete").GetBoolean());
    }

    private static async Task<(string?, string?, string?, bool)> LimitsAsync(ApiServer server)
    {
        var json = await server.GetJsonAsync("/api/v1/repositories/octo/a/statistics");
        var series = json.GetProperty("byEventType");
        return (
            json.GetProperty("total").GetProperty("limitedBy").GetString(), series[0].GetProperty("limitedBy").GetString(),
            series[1].GetProperty("limitedBy").GetString(), json.GetProperty("coverage").GetProperty("complete").GetBoolean());
    }

    private static async Task<bool> CompleteAsync(ApiServer server, string name) =>
        (await server.GetJsonAsync($"/api/v1/repositories/{name}/statistics")).GetProperty("coverage").GetProperty("complete").GetBoolean();

    private static async Task<(int, double)> GapsAsync(ApiServer server)
    {
        var coverage = (await server.GetJsonAsync("/api/v1/repositories/octo/a/statistics")).GetProperty("coverage");
        return (coverage.GetProperty("gaps").GetInt32(), coverage.GetProperty("missingSeconds").GetDouble());
    }
}
