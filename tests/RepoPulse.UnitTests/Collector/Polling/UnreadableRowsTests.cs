using RepoPulse.UnitTests.GitHub;
using static RepoPulse.UnitTests.Collector.Polling.PollingBench;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>What GitHub showed and nobody holds is a gap: coverage is not complete over a row that could not be read.</summary>
public sealed class UnreadableRowsTests : IDisposable
{
    private const string Page2 = "<https://api.github.com/repositories/7/events?per_page=100&page=2>; rel=\"next\"";

    private readonly PollingBench _bench = new();
    private CoverageLedger _ledger = CoverageLedger.Empty;

    private StubGitHub GitHub => _bench.GitHub;

    private CoverageInterval Gap => Assert.Single(_ledger.Intervals, interval => interval.State == CoverageState.Gap);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("""{"id":"6","type":"PushEvent","repo":{"id":7,"name":"octo/cat"},"payload":{},"created_at":"never"}""")]
    [InlineData("""{"id":"99999999999999999999","type":"PushEvent","repo":{"id":7,"name":"octo/cat"},"created_at":"2026-11-23T11:50:06Z"}""")]
    [InlineData("null")]
    public async Task The_time_around_it_is_a_gap_at_once(string row)
    {
        GitHub.Answers(200, Around(Down(20, 10), row, Down(9, 9)));
        await PollAsync();

        Assert.Equal((At(5), At(15), CoverageLedger.UnreadableRows), (Gap.From, Gap.To, Gap.Reason));
    }

    [Fact]
    public async Task On_top_of_the_feed_it_may_be_as_new_as_the_reading()
    {
        GitHub.Answers(200, Around([], "null", Down(20, 20)));
        await PollAsync();

        Assert.Equal((At(16), _bench.Proof!.Value.To), (Gap.From, Gap.To));
    }

    [Fact]
    public async Task At_the_end_of_the_feed_it_may_be_as_old_as_a_feed_reaches_back()
    {
        GitHub.Answers(200, Around(Down(20, 20), "null", []));
        await PollAsync();

        Assert.Equal((_bench.Proof!.Value.From, At(5)), (Gap.From, Gap.To));
    }

    [Fact]
    public async Task Once_it_can_be_read_the_gap_is_gone()
    {
        GitHub.Answers(200, Around(Down(20, 10), "null", Down(9, 9)), ("ETag", "\"bad\"")).Answers(304);
        await PollAsync();
        GitHub.Time.Advance(TimeSpan.FromMinutes(16));
        await PollAsync();
        Assert.NotEqual(default, Gap);

        GitHub.Answers(200, Page(Down(20, 20)), ("ETag", "\"good\""));
        GitHub.Time.Advance(TimeSpan.FromMinutes(16));
        await PollAsync();

        Assert.Equal(CoverageState.Complete, Assert.Single(_ledger.Intervals).State);
    }

    [Fact]
    public async Task A_reading_that_would_end_above_goes_on_and_declares_it()
    {
        GitHub.Answers(200, Page(Down(300, 100)), ("Link", Page2)).Answers(200, Page(Down(200, 100)));
        await PollAsync();
        GitHub.Answers(200, Around([301], "null", Down(300, 98)), ("ETag", "\"bad\""), ("Link", Page2))
            .Answers(200, Page(Down(202, 100)));
        await PollAsync();

        Assert.Equal(At(296), Gap.From);
    }

    [Fact]
    public async Task Where_the_pages_below_fail_its_page_is_read_again_in_full()
    {
        GitHub.Answers(200, Page(Down(300, 100)), ("Link", Page2)).Answers(200, Page(Down(200, 100)));
        await PollAsync();
        GitHub.Answers(200, Around([301], "null", Down(300, 98)), ("ETag", "\"bad\""), ("Link", Page2));
        for (var i = 0; i < 4; i++)
            GitHub.Answers(502);
        await PollAsync();

        Assert.Null(_bench.Proof);
        Assert.All(_bench.Cursor.Pages, page => Assert.Null(page.ETag));
    }

    private static string Around(IEnumerable<int> above, string row, IEnumerable<int> below) =>
        $"[{string.Join(',', ((string[])[Page(above)[1..^1], row, Page(below)[1..^1]]).Where(part => part.Length > 0))}]";

    private async Task PollAsync()
    {
        await _bench.PollAsync();
        if (_bench.Proof is { } proof)
            _ledger = _ledger.Apply(proof);
    }
}
