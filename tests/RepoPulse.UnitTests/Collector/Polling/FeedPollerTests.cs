using RepoPulse.Events;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub;
using static RepoPulse.UnitTests.Collector.Polling.PollingBench;

namespace RepoPulse.UnitTests.Collector.Polling;

public sealed class FeedPollerTests : IDisposable
{
    private const string Page2 = "<https://api.github.com/repositories/7/events?per_page=100&page=2>; rel=\"next\"";
    private const string Page3 = "<https://api.github.com/repositories/7/events?per_page=100&page=3>; rel=\"next\"";
    private const string Page4 = "<https://api.github.com/repositories/7/events?per_page=100&page=4>; rel=\"next\"";

    private readonly PollingBench _bench = new();

    private StubGitHub GitHub => _bench.GitHub;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task All_pages_of_a_feed_are_read_and_stored_before_the_cursor_moves()
    {
        GitHub.Answers(200, Json(Down(300, 100)), ("ETag", "\"p1\""), ("Link", Page2))
            .Answers(200, Json(Down(200, 100)), ("ETag", "\"p2\""), ("Link", Page3))
            .Answers(200, Json(Down(100, 100)), ("ETag", "\"p3\""), ("Link", Page4));

        await _bench.PollAsync();

        Assert.Equal(["append", "save"], _bench.Journal);
        Assert.Equal(Down(300, 300).Select(number => (long)number), _bench.Stored.Select(key => key.Id.Value));
        Assert.Equal(["\"p1\"", "\"p2\"", "\"p3\""], _bench.Cursor.Pages.Select(page => page.ETag));
        Assert.Equal(300, _bench.Cursor.LastSweep.Count);
        Assert.Equal(new RepositoryId(7), _bench.Cursor.RepositoryId);
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Fact]
    public async Task A_known_event_does_not_end_the_reading()
    {
        await SweepThreePagesAsync();

        // One new event on top; a late one has appeared at the very end, below a hundred that are known.
        GitHub.Answers(200, Json([301, .. Down(300, 99)]), ("Link", Page2))
            .Answers(200, Json(Down(201, 100)), ("Link", Page3))
            .Answers(200, Json([.. Down(101, 99), -5]));
        await _bench.PollAsync();

        Assert.Contains(_bench.Stored, key => key.Id.Value == 301);
        Assert.Contains(_bench.Stored, key => key.CreatedAt == At(-5));
    }

    [Fact]
    public async Task An_unchanged_first_page_costs_one_conditional_request_and_stores_nothing()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(304);

        await _bench.PollAsync();

        Assert.Equal(4, GitHub.Requests.Count);
        Assert.Equal(["\"p1\""], GitHub.Requests[3].Request.Headers.GetValues("If-None-Match"));
        Assert.Equal(["save"], _bench.Journal);
        Assert.Null(_bench.Proof);
    }

    [Fact]
    public async Task Behind_an_unchanged_first_page_the_others_are_looked_at_once_in_the_longest_interval()
    {
        await SweepThreePagesAsync();
        GitHub.Time.Advance(TimeSpan.FromMinutes(15));
        GitHub.Answers(304).Answers(304).Answers(200, Json([.. Down(100, 99), -5]), ("ETag", "\"p3b\""));

        await _bench.PollAsync();

        Assert.Equal(["\"p1\""], GitHub.Requests[3].Request.Headers.GetValues("If-None-Match"));
        Assert.Equal(["\"p2\""], GitHub.Requests[4].Request.Headers.GetValues("If-None-Match"));
        Assert.Equal(["\"p3\""], GitHub.Requests[5].Request.Headers.GetValues("If-None-Match"));
        Assert.Contains(_bench.Stored, key => key.CreatedAt == At(-5));
        Assert.Equal(300, _bench.Cursor.LastSweep.Count);
        Assert.Equal(300, _bench.Cursor.LastSweep.Distinct().Count());
        Assert.Equal(["\"p1\"", "\"p2\"", "\"p3b\""], _bench.Cursor.Pages.Select(page => page.ETag));
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Fact]
    public async Task A_sweep_that_a_limit_cuts_short_keeps_what_came_and_proves_nothing()
    {
        await SweepThreePagesAsync();
        var cursor = _bench.Cursor;
        GitHub.Answers(200, Json(Down(350, 100)), ("ETag", "\"new\""), ("Link", Page2)).Answers(429, "", ("Retry-After", "600"));

        await _bench.PollAsync();

        Assert.Contains(_bench.Stored, key => key.Id.Value == 350);
        Assert.Equal(cursor.Pages, _bench.Cursor.Pages);
        Assert.Equal(cursor.LastSweep, _bench.Cursor.LastSweep);
        Assert.Equal(["append"], _bench.Journal);
        Assert.InRange(_bench.Cursor.NextPollAt!.Value - GitHub.Time.GetUtcNow(), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.2));
    }

    [Fact]
    public async Task A_page_that_fails_for_good_leaves_the_cursor_and_is_tried_again_soon()
    {
        GitHub.Answers(200, Json(Down(300, 100)), ("ETag", "\"p1\""), ("Link", Page2));
        for (var i = 0; i < 4; i++)
            GitHub.Answers(502);

        await _bench.PollAsync();

        Assert.Equal(100, _bench.Stored.Count);
        Assert.Empty(_bench.Cursor.Pages);
        Assert.Null(_bench.Cursor.LastSweptAt);
        Assert.Equal(1, _bench.Cursor.Failures);
        Assert.Null(_bench.Proof);
    }

    [Fact]
    public async Task When_the_store_fails_the_cursor_stays()
    {
        _bench.AppendFailure = new StorageException("disk full", isTransient: true);
        GitHub.Answers(200, Json(Down(3, 3)));

        await Assert.ThrowsAsync<StorageException>(_bench.PollAsync);

        Assert.Empty(_bench.Journal);
    }

    [Fact]
    public async Task A_row_that_is_no_event_is_skipped_and_the_others_are_stored()
    {
        GitHub.Answers(200, Json(Down(2, 2)).Replace("]", ",{\"id\":\"9\"},null]", StringComparison.Ordinal));

        await _bench.PollAsync();

        Assert.Equal(2, _bench.Stored.Count);
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Theory]
    [InlineData(403, RepositoryState.Unauthorized, true)]
    [InlineData(404, RepositoryState.NotFound, true)]
    [InlineData(410, RepositoryState.Gone, false)]
    [InlineData(451, RepositoryState.Blocked, false)]
    public async Task A_repository_that_cannot_be_read_has_a_state_and_is_asked_slowly_or_never(int status, RepositoryState state, bool again)
    {
        GitHub.Answers(status, """{"message":"No"}""");

        await _bench.PollAsync();

        Assert.Equal(state, _bench.Cursor.State);
        Assert.Equal(again, _bench.Cursor.NextPollAt is not null);
        if (again)
            Assert.True(_bench.Cursor.NextPollAt - GitHub.Time.GetUtcNow() >= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_repository_that_comes_back_is_watched_again()
    {
        GitHub.Answers(404).Answers(200, Json(Down(3, 3)));
        await _bench.PollAsync();

        await _bench.PollAsync();

        Assert.Equal(RepositoryState.Watching, _bench.Cursor.State);
        Assert.Equal(0, _bench.Cursor.Failures);
    }

    [Fact]
    public async Task A_permanent_redirect_is_followed_remembered_and_the_new_name_is_learned()
    {
        GitHub.Answers(301, "", ("Location", "https://api.github.com/repositories/7/events?per_page=100"))
            .Answers(200, Json(Down(3, 3)))
            .Answers(200, """{"id":7,"full_name":"octo/lion"}""")
            .Answers(200, Json(Down(4, 4)));

        await _bench.PollAsync();
        var sightings = _bench.Sightings;
        await _bench.PollAsync();

        Assert.Equal("repositories/7", _bench.Cursor.MovedTo);
        Assert.Equal(["octo/cat", "octo/lion"], sightings.OrderBy(sighting => sighting.LastSeenAt).Select(sighting => sighting.Name.FullName));
        Assert.Equal(
            [
                "/repos/octo/cat/events?per_page=100",
                "/repositories/7/events?per_page=100",
                "/repositories/7",
                "/repositories/7/events?per_page=100",
            ],
            _bench.Asked());
    }

    [Fact]
    public async Task A_redirect_elsewhere_is_a_failure_and_no_token_travels()
    {
        GitHub.Answers(301, "", ("Location", "https://evil.example/repositories/7/events"));

        await _bench.PollAsync();

        Assert.Single(GitHub.Requests);
        Assert.Null(_bench.Cursor.MovedTo);
        Assert.Equal(1, _bench.Cursor.Failures);
    }

    [Fact]
    public async Task An_empty_feed_is_identified_by_asking_for_its_repository_once()
    {
        GitHub.Answers(200, "[]", ("ETag", "\"e\"")).Answers(200, """{"id":7,"full_name":"Octo/Cat"}""").Answers(304);

        await _bench.PollAsync();
        await _bench.PollAsync();

        Assert.Equal(new RepositoryId(7), _bench.Cursor.RepositoryId);
        Assert.Equal(3, GitHub.Requests.Count);
    }

    [Fact]
    public async Task When_a_token_is_refused_the_feed_moves_to_another_and_asks_without_the_firsts_ETags()
    {
        using var bench = new PollingBench(new GitHubOptions { Tokens = ["one", "two"] });
        bench.GitHub.Answers(200, Json(Down(3, 3)), ("ETag", "\"of the first\""));
        await bench.PollAsync();
        bench.GitHub.Answers(401).Answers(200, Json(Down(4, 4)), ("ETag", "\"of the second\""));

        await bench.PollAsync();

        var last = bench.GitHub.Requests[^1].Request;
        Assert.False(last.Headers.Contains("If-None-Match"));
        Assert.NotEqual(bench.GitHub.Requests[0].Request.Headers.Authorization, last.Headers.Authorization);
        Assert.Equal("\"of the second\"", Assert.Single(bench.Cursor.Pages).ETag);
        Assert.True(bench.Proof!.Value.Contiguous);
    }

    [Fact]
    public async Task When_every_token_is_refused_the_feed_waits_and_says_so()
    {
        GitHub.Answers(401);

        await _bench.PollAsync();
        await _bench.PollAsync();

        Assert.Equal(RepositoryState.Unauthorized, _bench.Cursor.State);
        Assert.Single(GitHub.Requests);
        Assert.True(GitHub.Tokens.IsExhausted);
    }

    [Fact]
    public async Task GitHubs_poll_interval_is_obeyed()
    {
        GitHub.Answers(200, Json(Down(3, 3)), ("X-Poll-Interval", "1800"));

        await _bench.PollAsync();

        Assert.True(_bench.Cursor.NextPollAt - GitHub.Time.GetUtcNow() >= TimeSpan.FromMinutes(30));
    }

    private static DateTimeOffset At(int number) => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddSeconds(number);

    private async Task SweepThreePagesAsync()
    {
        GitHub.Answers(200, Json(Down(300, 100)), ("ETag", "\"p1\""), ("Link", Page2))
            .Answers(200, Json(Down(200, 100)), ("ETag", "\"p2\""), ("Link", Page3))
            .Answers(200, Json(Down(100, 100)), ("ETag", "\"p3\""));
        await _bench.PollAsync();
        _bench.Journal.Clear();
        _bench.Stored.Clear();
    }
}
