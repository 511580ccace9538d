using RepoPulse.Core.Evidence;
using System.Net;
using System.Text.Json;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class CoverageEndpointTests
{
    private const string Path = "/api/v1/repositories/octo/pulse/coverage";

    private static readonly CoverageLedger Ledger = Some.Ledger(
        new(Some.Now.AddDays(-30), Some.Now.AddDays(-9), CoverageState.Complete, null),
        new(Some.Now.AddDays(-9), Some.Now.AddDays(-8), CoverageState.Repaired, "the feed overflowed"),
        new(Some.Now.AddDays(-8), Some.Now.AddDays(-2), CoverageState.Complete, null),
        new(Some.Now.AddDays(-2), Some.Now.AddDays(-1), CoverageState.Gap, "the collector was down"),
        new(Some.Now.AddDays(-1), Some.Now, CoverageState.Complete, null));

    [Fact]
    public async Task Intervals_have_the_documented_form()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with
        {
            Coverage = Some.Ledger([.. Ledger.Intervals.Take(2)]),
            Evidence = new EvidenceCounts(7, 2, 5, 4),
            ConfirmedAt = new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero),
        });

        var text = await server.GetTextAsync(Path);

        Assert.Equal(
            """{"items":[{"from":"2026-10-24T07:00:00Z","to":"2026-11-14T07:00:00Z","state":"complete","reason":null,"capturedAtMost":null},"""
            + """{"from":"2026-11-14T07:00:00Z","to":"2026-11-15T07:00:00Z","state":"repaired","reason":"the feed overflowed","capturedAtMost":null}]"""
            + ""","evidence":{"pushes":{"links":7,"broken":2},"numbers":{"expected":5,"held":4},"confirmedAt":"2026-11-23T07:00:00Z"},"next":null}""",
            text);
        Assert.NotNull(JsonSerializer.Deserialize(text, ContractsJsonContext.Default.CoveragePage));
    }

    [Fact]
    public async Task Pages_meet_while_sweeps_go_on()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { Coverage = Ledger });
        var swept = Some.Now;

        var walked = await server.WalkAsync(Path, 2, () =>
        {
            var longer = Ledger.Apply(new SweepProof { From = Some.Now.AddDays(-1), To = swept = swept.AddMinutes(1), Contiguous = true });
            return server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { Coverage = longer });
        });

        Assert.Equal(Ledger.Intervals.Select(interval => interval.From), walked.Select(
            interval => interval.GetProperty("from").GetDateTimeOffset()));
        Assert.Equal(
            ["complete", "repaired", "complete", "gap", "complete"], walked.Select(interval => interval.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_repository_that_was_never_swept_has_none()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { Coverage = CoverageLedger.Empty });

        Assert.Equal("""{"items":[],"evidence":{"pushes":null,"numbers":null,"confirmedAt":null},"next":null}""", await server.GetTextAsync(Path));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_wrong_value_is_refused(string query)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { Coverage = Ledger });

        await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{Path}?{query}");
    }
}
