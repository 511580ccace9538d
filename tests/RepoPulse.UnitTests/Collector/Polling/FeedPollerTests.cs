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
        GitHub.Answers(200, Page(Down(300, 100)), ("ETag", "\"p1\""), ("Link", Page2))
            .Answers(200, Page(Down(200, 100)), ("ETag", "\"p2\""), ("Link", Page3))
            .Answers(200, Page(Down(100, 100)), ("ETag", "\"p3\""), ("Link", Page4));

        await _bench.PollAsync();

        Assert.Equal(["append", "append", "append", "save"], _bench.Journal);
        Assert.Equal(Down(300, 300).Select(number => (long)number), _bench.Stored.Select(key => key.Id.Value));
        Assert.Equal(["\"p1\"", "\"p2\"", "\"p3\""], _bench.Cursor.Pages.Select(page => page.ETag));
        Assert.Equal(300, _bench.Cursor.Known.Count);
        Assert.Equal(new RepositoryId(7), _bench.Cursor.RepositoryId);
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Fact]
    public async Task A_known_event_does_not_end_the_reading()
    {
        await SweepThreePagesAsync();

        // Late ones stand among those that are known, the last of them near the page's end: nothing is sure of what lies below.
        GitHub.Answers(200, Page([301, .. Down(300, 80), -1, .. Down(220, 18)]), ("Link", Page2))
            .Answers(200, Page([-2, .. Down(202, 99)]), ("Link", Page3));
        await _bench.PollAsync();

        Assert.Equal([301, -1, -2], _bench.Stored.Select(key => (key.CreatedAt - At(0)).TotalSeconds));
    }

    [Fact]
    public async Task Below_a_run_of_known_events_a_reading_may_end_and_proves_nothing_more()
    {
        await SweepThreePagesAsync();
        var swept = _bench.Cursor.LastSweptAt;
        GitHub.Answers(200, Page([301, .. Down(300, 99)]), ("ETag", "\"new\""), ("Link", Page2));

        await _bench.PollAsync();

        Assert.Single(_bench.Stored);
        Assert.Null(_bench.Proof);
        Assert.Equal(swept, _bench.Cursor.LastSweptAt);
        Assert.Equal(1, _bench.Cursor.EnteredSince);
        Assert.Equal(["\"new\""], _bench.Cursor.Pages.Select(page => page.ETag));
        Assert.Equal(Down(301, 301).Select(At), _bench.Cursor.Known.Select(key => key.CreatedAt));
    }

    [Fact]
    public async Task Below_events_too_old_for_anything_to_have_entered_a_reading_is_complete()
    {
        GitHub.Time.Advance(TimeSpan.FromHours(7));
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page([301, .. Down(300, 99)]), ("Link", Page2));

        await _bench.PollAsync();

        Assert.True(_bench.Proof!.Value.Contiguous);
        Assert.Equal(GitHub.Time.GetUtcNow(), _bench.Proof.Value.To, TimeSpan.FromMinutes(1));
        Assert.Equal(0, _bench.Cursor.EnteredSince);
    }

    [Fact]
    public async Task After_many_new_events_what_came_late_is_looked_for_below()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page([.. Down(360, 60), .. Down(300, 40)]), ("Link", Page2))
            .Answers(200, Page([.. Down(260, 50), -1, .. Down(210, 49)]), ("Link", Page3))
            .Answers(200, Page([.. Down(161, 99), -2]));

        await _bench.PollAsync();

        Assert.Equal(62, _bench.Stored.Count);
        Assert.True(_bench.Proof!.Value.Contiguous);
        Assert.Equal(0, _bench.Cursor.EnteredSince);
    }

    [Fact]
    public async Task New_events_add_up_from_poll_to_poll_until_what_came_late_is_looked_for()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page([.. Down(340, 40), .. Down(300, 60)]), ("Link", Page2))
            .Answers(200, Page([.. Down(360, 20), .. Down(340, 80)]), ("Link", Page2))
            .Answers(200, Page(Down(260, 100)), ("Link", Page3))
            .Answers(200, Page([.. Down(160, 99), -1]));

        await _bench.PollAsync();
        Assert.Null(_bench.Proof);
        await _bench.PollAsync();

        Assert.True(_bench.Proof!.Value.Contiguous);
        Assert.Contains(_bench.Stored, key => key.CreatedAt == At(-1));
    }

    [Fact]
    public async Task Where_the_pages_below_fail_the_reading_holds_as_far_as_it_is_sure()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page([.. Down(360, 60), .. Down(300, 40)]), ("ETag", "\"new\""), ("Link", Page2));
        for (var i = 0; i < 4; i++)
            GitHub.Answers(502);

        await _bench.PollAsync();

        Assert.Equal(0, _bench.Cursor.Failures);
        Assert.Null(_bench.Proof);
        Assert.Equal(60, _bench.Cursor.EnteredSince);
        Assert.Equal(["\"new\""], _bench.Cursor.Pages.Select(page => page.ETag));
    }

    [Fact]
    public async Task An_unchanged_first_page_costs_one_conditional_request_and_stores_nothing()
    {
        GitHub.Answers(200, Page(Down(300, 100)), ("ETag", "\"p1\""));
        await _bench.PollAsync();
        _bench.Journal.Clear();
        var cursor = _bench.Cursor;
        GitHub.Answers(304);

        await _bench.PollAsync();

        Assert.Equal(["\"p1\""], GitHub.Requests[1].Request.Headers.GetValues("If-None-Match"));
        Assert.Equal(["save"], _bench.Journal);
        Assert.Equal(cursor.Pages, _bench.Cursor.Pages);
        Assert.Equal(cursor.Known, _bench.Cursor.Known);
    }

    [Fact]
    public async Task Behind_an_unchanged_first_page_the_others_are_not_looked_at_where_that_would_cost()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page([301, .. Down(300, 99)]), ("ETag", "\"new\""), ("Link", Page2)).Answers(304);
        await _bench.PollAsync();

        await _bench.PollAsync();

        Assert.Equal(5, GitHub.Requests.Count);
        Assert.Null(_bench.Proof);
    }

    [Fact]
    public async Task Behind_an_unchanged_first_page_the_others_are_looked_at_because_that_is_free()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(304).Answers(304).Answers(200, Page([.. Down(100, 99), -5]), ("ETag", "\"p3b\""));

        await _bench.PollAsync();

        Assert.Equal(["\"p1\""], GitHub.Requests[3].Request.Headers.GetValues("If-None-Match"));
        Assert.Equal(["\"p2\""], GitHub.Requests[4].Request.Headers.GetValues("If-None-Match"));
        Assert.Equal(["\"p3\""], GitHub.Requests[5].Request.Headers.GetValues("If-None-Match"));
        Assert.Contains(_bench.Stored, key => key.CreatedAt == At(-5));
        Assert.Equal(301, _bench.Cursor.Known.Count);
        Assert.Equal(301, _bench.Cursor.Known.Distinct().Count());
        Assert.Equal(["\"p1\"", "\"p2\"", "\"p3b\""], _bench.Cursor.Pages.Select(page => page.ETag));
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Fact]
    public async Task What_is_known_is_not_stored_again()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page(Down(300, 100)), ("ETag", "\"another\""), ("Link", Page2));

        await _bench.PollAsync();

        Assert.Equal(["save"], _bench.Journal);
    }

    [Fact]
    public async Task A_sweep_that_a_limit_cuts_short_keeps_what_came_and_proves_nothing()
    {
        await SweepThreePagesAsync();
        var cursor = _bench.Cursor;
        GitHub.Answers(200, Page(Down(400, 100)), ("ETag", "\"new\""), ("Link", Page2)).Answers(429, "", ("Retry-After", "600"));

        await _bench.PollAsync();

        Assert.Contains(_bench.Stored, key => key.CreatedAt == At(400));
        Assert.Equal(cursor.Pages, _bench.Cursor.Pages);
        Assert.Equal(cursor.Known, _bench.Cursor.Known);
        Assert.Equal(["append"], _bench.Journal);
        Assert.InRange(_bench.Cursor.NextPollAt!.Value - GitHub.Time.GetUtcNow(), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12.2));
    }

    [Fact]
    public async Task A_page_that_fails_for_good_leaves_the_cursor_and_is_tried_again_soon()
    {
        GitHub.Answers(200, Page(Down(300, 100)), ("ETag", "\"p1\""), ("Link", Page2));
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
        GitHub.Answers(200, Page(Down(3, 3)));

        await Assert.ThrowsAsync<StorageException>(_bench.PollAsync);

        Assert.Empty(_bench.Journal);
    }

    [Fact]
    public async Task A_row_that_is_no_event_is_skipped_and_the_others_are_stored()
    {
        GitHub.Answers(200, Page(Down(2, 2)).Replace("]", ",{\"id\":\"9\"},null]", StringComparison.Ordinal));

        await _bench.PollAsync();

        Assert.Equal(2, _bench.Stored.Count);
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Theory]
    [InlineData(403, RepositoryState.Unauthorized, true)]
    [InlineData(404, RepositoryState.NotFound, true)]
    [InlineData(410, RepositoryState.Gone, false)]
    [InlineData(451, RepositoryState.Blocked, false)]
    public async Task A_repository_that_cannot_be_read_has_a_state_and_is_asked_slowly_or_never(
        int status, RepositoryState state, bool again)
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
        GitHub.Answers(404).Answers(200, Page(Down(3, 3)));
        await _bench.PollAsync();

        await _bench.PollAsync();

        Assert.Equal(RepositoryState.Watching, _bench.Cursor.State);
        Assert.Equal(0, _bench.Cursor.Failures);
    }

    [Fact]
    public async Task A_permanent_redirect_is_followed_remembered_and_the_new_name_is_learned()
    {
        GitHub.Answers(301, "", ("Location", "https://api.github.com/repositories/7/events?per_page=100"))
            .Answers(200, Page(Down(3, 3)))
            .Answers(200, """{"id":7,"full_name":"octo/lion"}""")
            .Answers(200, Page(Down(4, 4)));

        await _bench.PollAsync();
        var sightings = _bench.Sightings;
        await _bench.PollAsync();

        Assert.Equal("repositories/7", _bench.Cursor.MovedTo);
        Assert.Equal(
            ["octo/cat", "octo/lion"], sightings.OrderBy(sighting => sighting.LastSeenAt).Select(sighting => sighting.Name.FullName));
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
        bench.GitHub.Answers(200, Page(Down(3, 3)), ("ETag", "\"of the first\""));
        await bench.PollAsync();
        bench.GitHub.Answers(401).Answers(200, Page(Down(4, 4)), ("ETag", "\"of the second\""));

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

    [Theory]
    [InlineData(-90)]
    [InlineData(90)]
    public async Task What_a_sweep_proves_is_dated_by_GitHub_and_not_by_a_machine_whose_clock_is_wrong(int minutes)
    {
        var right = GitHub.Time.Right;
        GitHub.Time.Ahead = TimeSpan.FromMinutes(minutes);
        GitHub.Answers(200, Page(Down(90, 90)), ("Date", right.ToString("R")));

        await _bench.PollAsync();

        Assert.InRange(_bench.Proof!.Value.To, right.AddSeconds(-30), right);
        Assert.Equal(_bench.Proof.Value.To, _bench.Cursor.LastSweptAt);
        Assert.Equal(_bench.Proof.Value.To, _bench.Cursor.LastFullSweepAt);
        Assert.Equal(right.AddMinutes(minutes), _bench.Cursor.LastPolledAt);
        Assert.InRange(
            _bench.Cursor.NextPollAt!.Value - _bench.Cursor.LastPolledAt!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(16.5));
    }

    [Fact]
    public async Task A_feed_whose_last_sweep_lies_ahead_is_read_to_its_end_and_dated_by_the_present_clock()
    {
        await SweepThreePagesAsync();
        GitHub.Time.Advance(TimeSpan.FromMinutes(1));
        var at = GitHub.Time.GetUtcNow();
        _bench.Feed = _bench.Feed with
        {
            Cursor = _bench.Cursor with { LastSweptAt = at.AddDays(30), SweptBeforeAt = at.AddDays(30), LastFullSweepAt = at.AddDays(30) }
        };
        GitHub.Answers(200, Page(Down(301, 100)), ("Link", Page2))
            .Answers(200, Page(Down(201, 100)), ("Link", Page3))
            .Answers(200, Page(Down(101, 100)));

        await _bench.PollAsync();

        Assert.Equal(at, _bench.Cursor.LastSweptAt);
        Assert.Equal(_bench.Cursor.LastSweptAt, _bench.Cursor.LastFullSweepAt);
        Assert.True(_bench.Proof!.Value.Contiguous);
    }

    [Fact]
    public async Task GitHubs_poll_interval_is_obeyed()
    {
        GitHub.Answers(200, Page(Down(3, 3)), ("X-Poll-Interval", "1800"));

        await _bench.PollAsync();

        Assert.True(_bench.Cursor.NextPollAt - GitHub.Time.GetUtcNow() >= TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task A_name_that_another_repository_bears_begins_again_and_the_formers_cursor_is_not_mixed_in()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(200, Page(Down(500, 3)).Replace("\"id\":7", "\"id\":8", StringComparison.Ordinal), ("ETag", "\"other\""));

        await _bench.PollAsync();

        Assert.Equal(new RepositoryId(8), _bench.Cursor.RepositoryId);
        Assert.Equal(3, _bench.Cursor.Known.Count);
        Assert.True(_bench.Proof!.Value.Contiguous);
        Assert.Equal(GitHub.Time.GetUtcNow().AddDays(-30), _bench.Proof.Value.From, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_feed_that_suddenly_shows_nothing_is_asked_again_before_it_is_believed()
    {
        await SweepThreePagesAsync();
        for (var i = 0; i < 4; i++)
            GitHub.Answers(200, "[]").Answers(200, """{"id":7,"full_name":"octo/cat"}""");

        for (var doubts = 1; doubts <= 3; doubts++)
        {
            await _bench.PollAsync();
            Assert.Equal(doubts, _bench.Cursor.Failures);
            Assert.Equal(300, _bench.Cursor.Known.Count);
        }

        await _bench.PollAsync();
        Assert.Equal(0, _bench.Cursor.Failures);
        Assert.Equal("the feed no longer shows what it showed", _bench.Proof!.Value.GapReason);
    }

    [Fact]
    public async Task A_repository_that_one_accounts_token_may_not_see_is_read_with_anothers_from_then_on()
    {
        using var bench = new PollingBench(new GitHubOptions { Tokens = ["one", "two"] });
        bench.GitHub.Answers(404, """{"message":"Not Found"}""").Answers(200, Page(Down(3, 3)));

        await bench.PollAsync();
        bench.GitHub.Answers(200, Page(Down(4, 4)));
        await bench.PollAsync();

        Assert.Equal(RepositoryState.Watching, bench.Cursor.State);
        var asked = bench.GitHub.Requests.Select(request => request.Request.Headers.Authorization!.Parameter).ToArray();
        Assert.NotEqual(asked[0], asked[1]);
        Assert.Equal(asked[1], asked[2]);
    }

    [Fact]
    public async Task A_repository_whose_name_leads_nowhere_is_found_by_its_id()
    {
        await SweepThreePagesAsync();
        GitHub.Answers(404)
            .Answers(200, Page([301, .. Down(300, 99)]), ("Link", Page2))
            .Answers(200, """{"id":7,"full_name":"octo/lion"}""");

        await _bench.PollAsync();

        Assert.Equal(RepositoryState.Watching, _bench.Cursor.State);
        Assert.Equal("repositories/7", _bench.Cursor.MovedTo);
        Assert.Equal("octo/lion", _bench.Sightings[^1].Name.FullName);
    }

    [Fact]
    public async Task A_name_that_a_moved_repository_left_is_found_to_be_anothers()
    {
        GitHub.Answers(301, "", ("Location", "https://api.github.com/repositories/7/events?per_page=100"))
            .Answers(200, Page(Down(3, 3)), ("ETag", "\"a\""))
            .Answers(200, """{"id":7,"full_name":"octo/lion"}""");
        await _bench.PollAsync();
        GitHub.Time.Advance(TimeSpan.FromHours(6));
        GitHub.Answers(304).Answers(200, """{"id":8,"full_name":"octo/cat"}""");

        await _bench.PollAsync();

        Assert.Equal(
            [new RepositoryId(7), new RepositoryId(7), new RepositoryId(8)], _bench.Saved.Select(saved => saved.Cursor.RepositoryId));
        Assert.Null(_bench.Cursor.MovedTo);
        Assert.Null(_bench.Cursor.LastPolledAt);
    }

    private async Task SweepThreePagesAsync()
    {
        GitHub.Answers(200, Page(Down(300, 100)), ("ETag", "\"p1\""), ("Link", Page2))
            .Answers(200, Page(Down(200, 100)), ("ETag", "\"p2\""), ("Link", Page3))
            .Answers(200, Page(Down(100, 100)), ("ETag", "\"p3\""));
        await _bench.PollAsync();
        _bench.Journal.Clear();
        _bench.Stored.Clear();
    }
}
