using RepoPulse.Collector;
using RepoPulse.Collector.Polling;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub;
using static RepoPulse.UnitTests.Collector.Polling.PollingBench;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>An unchanged response proves nothing for long: readings without conditions confirm it, through another account.</summary>
public sealed class FeedConfirmationTests : IDisposable
{
    private static readonly TimeSpan Interval = new CollectorOptions { Name = "test" }.ConfirmInterval;

    private readonly PollingBench _bench = new(new GitHubOptions { Tokens = ["token-a", "token-b"] });
    private readonly Dictionary<string, View> _views = [];

    public FeedConfirmationTests()
    {
        _views["token-a"] = new View { Shown = [.. Down(10, 10)] };
        _views["token-b"] = _views["token-a"];
        GitHub.Answer = Respond;
    }

    private StubGitHub GitHub => _bench.GitHub;

    /// <summary>The token whose turn the feed is.</summary>
    private GitHubToken Own => GitHub.Tokens.Select(_bench.Feed.Address)!;

    private string OwnSecret => Own == GitHub.Tokens.Tokens[0] ? "token-a" : "token-b";

    private string OtherSecret => Own == GitHub.Tokens.Tokens[0] ? "token-b" : "token-a";

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_first_reading_is_served_in_full_and_confirms_itself()
    {
        await _bench.PollAsync();

        Assert.Equal(_bench.Cursor.LastSweptAt, _bench.Cursor.ConfirmedAt);
        Assert.Single(GitHub.Requests);
    }

    [Fact]
    public async Task Unchanged_responses_confirm_nothing()
    {
        await _bench.PollAsync();
        var confirmed = _bench.Cursor.ConfirmedAt;
        GitHub.Time.Advance(TimeSpan.FromHours(2));
        await _bench.PollAsync();

        Assert.True(_bench.Cursor.LastSweptAt > confirmed);
        Assert.Equal(confirmed, _bench.Cursor.ConfirmedAt);
        Assert.Equal(2, GitHub.Requests.Count);
    }

    [Fact]
    public async Task After_the_interval_another_account_reads_without_conditions_and_the_ETags_of_the_feeds_own_token_stay()
    {
        await _bench.PollAsync();
        var pages = _bench.Cursor.Pages;
        GitHub.Time.Advance(Interval);
        await _bench.PollAsync();

        Assert.Equal(
            [(OwnSecret, false), (OwnSecret, true), (OtherSecret, false)],
            GitHub.Requests.Select(request => (SecretOf(request.Request), IsConditional(request.Request))));
        Assert.Equal(_bench.Cursor.LastSweptAt, _bench.Cursor.ConfirmedAt);
        Assert.Equal(Own.Fingerprint, _bench.Cursor.Token);
        Assert.Equal(pages, _bench.Cursor.Pages);
        Assert.False(Own.IsStale);
    }

    [Fact]
    public async Task A_frozen_token_is_recognised_counted_and_asked_without_conditions_until_it_agrees()
    {
        await _bench.PollAsync();
        var fresh = new View { Shown = [.. Down(15, 15)] };
        _views[OtherSecret] = fresh;
        GitHub.Time.Advance(Interval);
        await _bench.PollAsync();

        Assert.Equal(15, _bench.Stored.Distinct().Count());
        Assert.True(Own.IsStale);
        Assert.Equal(1, Stale());

        // Its responses stay stale, in full: what it does not show, the other does.
        GitHub.Time.Advance(TimeSpan.FromMinutes(15));
        fresh.Shown = [.. Down(16, 16)];
        GitHub.Requests.Clear();
        await _bench.PollAsync();
        Assert.Equal(16, _bench.Stored.Distinct().Count());
        Assert.DoesNotContain(GitHub.Requests, request => IsConditional(request.Request));

        _views[OwnSecret] = fresh;
        GitHub.Time.Advance(TimeSpan.FromMinutes(15));
        await _bench.PollAsync();
        Assert.False(Own.IsStale);

        GitHub.Time.Advance(TimeSpan.FromMinutes(15));
        GitHub.Requests.Clear();
        await _bench.PollAsync();
        Assert.True(IsConditional(Assert.Single(GitHub.Requests).Request));
    }

    [Fact]
    public async Task Events_that_enter_between_the_two_readings_make_no_token_stale()
    {
        await _bench.PollAsync();
        var seen = _views[OwnSecret];
        GitHub.Answer = request =>
        {
            if (SecretOf(request) == OtherSecret)
                seen.Shown = [.. Down(11, 11)];
            return Respond(request);
        };
        GitHub.Time.Advance(Interval);
        await _bench.PollAsync();

        Assert.Equal(11, _bench.Stored.Distinct().Count());
        Assert.False(Own.IsStale);
        Assert.Equal(0, Stale());
    }

    [Fact]
    public async Task The_other_token_is_found_stale_where_it_lacks_what_the_feeds_own_just_showed()
    {
        await _bench.PollAsync();
        _views[OwnSecret] = new View { Shown = [.. Down(11, 11)] };
        GitHub.Time.Advance(Interval);
        await _bench.PollAsync();

        Assert.False(Own.IsStale);
        Assert.True(GitHub.Tokens.Tokens.Single(token => token != Own).IsStale);
        Assert.Equal(_bench.Cursor.LastSweptAt, _bench.Cursor.ConfirmedAt);
        Assert.Equal(1, Stale());
    }

    [Fact]
    public async Task Where_no_other_account_sees_the_feed_its_own_token_confirms_it()
    {
        await _bench.PollAsync();
        _views.Remove(OtherSecret);
        GitHub.Time.Advance(Interval);
        GitHub.Requests.Clear();
        await _bench.PollAsync();

        Assert.Equal(
            [(OwnSecret, true), (OtherSecret, false), (OwnSecret, false)],
            GitHub.Requests.Select(request => (SecretOf(request.Request), IsConditional(request.Request))));
        Assert.Equal(_bench.Cursor.LastSweptAt, _bench.Cursor.ConfirmedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_no_other_account_sees_the_feed_none_is_asked_again_before_the_interval_is_over(bool isBusy)
    {
        await _bench.PollAsync();
        _views.Remove(OtherSecret);
        GitHub.Time.Advance(Interval);
        for (var poll = 0; poll < 3; poll++)
        {
            if (isBusy)
                _views[OwnSecret].Shown = [.. Down(11 + poll, 11 + poll)];
            await _bench.PollAsync();
        }

        Assert.Single(GitHub.Requests, request => SecretOf(request.Request) == OtherSecret);
        Assert.InRange(GitHub.Requests.Count(request => !IsConditional(request.Request)), 2, 3);
    }

    [Fact]
    public async Task What_came_late_below_what_the_polls_read_makes_no_token_stale()
    {
        var seen = _views[OwnSecret];
        seen.Shown = [.. Down(150, 150)];
        await _bench.PollAsync();
        seen.Shown = [151, .. Down(150, 140), -5, .. Down(10, 10)];
        _bench.Feed = _bench.Feed with { Cursor = _bench.Cursor with { ConfirmedAt = null } };
        GitHub.Requests.Clear();
        await _bench.PollAsync();

        Assert.Equal(152, _bench.Stored.Distinct().Count());
        Assert.Contains(GitHub.Requests, request => SecretOf(request.Request) == OtherSecret);
        Assert.Equal(0, Stale());
    }

    [Fact]
    public async Task A_silence_longer_than_99_of_100_intervals_is_confirmed_once()
    {
        _views[OwnSecret].Shown = [.. Down(600, 60).Select(number => number - 540)];
        await _bench.PollAsync();
        GitHub.Time.Advance(TimeSpan.FromMinutes(15));
        GitHub.Requests.Clear();
        _views[OwnSecret].Shown = [1500, .. _views[OwnSecret].Shown];
        await _bench.PollAsync();
        GitHub.Time.Advance(TimeSpan.FromHours(1));
        await _bench.PollAsync();
        await _bench.PollAsync();

        Assert.Single(GitHub.Requests, request => SecretOf(request.Request) == OtherSecret);
    }

    [Fact]
    public async Task A_poll_that_brings_something_new_is_no_silence_however_old_that_is()
    {
        int[] first = [.. Down(600, 60).Select(number => number - 540)];
        _views[OwnSecret].Shown = first;
        await _bench.PollAsync();
        // It happened ten minutes ago, and others come a second after one another.
        GitHub.Time.Advance(TimeSpan.FromMinutes(10));
        _views[OwnSecret].Shown = [601, .. first];
        _bench.Feed = _bench.Feed with { Cursor = _bench.Cursor with { ConfirmedAt = At(602) } };
        GitHub.Requests.Clear();
        await _bench.PollAsync();

        Assert.Single(GitHub.Requests);
    }

    [Fact]
    public async Task A_gap_begins_at_the_last_confirmed_reading()
    {
        await _bench.PollAsync();
        var confirmed = _bench.Cursor.ConfirmedAt;
        GitHub.Time.Advance(TimeSpan.FromHours(3));
        await _bench.PollAsync();
        Assert.True(_bench.Cursor.LastSweptAt > confirmed);

        _views[OwnSecret].Shown = [.. Down(12_249, 300)];
        GitHub.Time.Advance(TimeSpan.FromMinutes(15));
        await _bench.PollAsync();

        Assert.False(_bench.Proof!.Value.Contiguous);
        Assert.Equal(confirmed, _bench.Proof.Value.BelievedUntil);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void What_is_unusual_takes_20_intervals(int events, bool isKnown) =>
        Assert.Equal(isKnown, FeedConfirmation.UnusualFrom([.. Down(events, events).Select(Key)], null) is not null);

    [Fact]
    public void A_silence_is_unusual_after_the_99th_percentile_of_the_intervals()
    {
        // 100 intervals: 98 of 1 s, one of 10 s and one of 20 s; type 7 gives rank 98.01.
        int[] at = [.. Enumerable.Range(0, 99), 108, 128];

        Assert.Equal(
            At(128).AddSeconds(10.1), FeedConfirmation.UnusualFrom([.. at.Select(Key)], null)!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(
            At(500).AddSeconds(10.1), FeedConfirmation.UnusualFrom([.. at.Select(Key)], At(500))!.Value, TimeSpan.FromMilliseconds(1));
    }

    private static EventKey Key(int number) => new(EventId.FromValue(number + 1), At(number));

    private static string SecretOf(HttpRequestMessage request) => request.Headers.Authorization!.Parameter!;

    private static bool IsConditional(HttpRequestMessage request) => request.Headers.Contains("If-None-Match");

    private HttpResponseMessage Respond(HttpRequestMessage request)
    {
        if (!_views.TryGetValue(SecretOf(request), out var view))
            return StubGitHub.Response(404, "{}");
        var etag = $"\"{SecretOf(request)}-{view.Version}\"";
        var tags = request.Headers.TryGetValues("If-None-Match", out var values) ? values : [];
        if (tags.Contains(etag))
            return StubGitHub.Response(304, "", ("ETag", etag));
        var query = request.RequestUri!.Query;
        var page = query.Contains("&page=", StringComparison.Ordinal) ? query[^1] - '0' : 1;
        var shown = view.Shown.Skip((page - 1) * 100).Take(100);
        return view.Shown.Length <= page * 100
            ? StubGitHub.Response(200, Page(shown), ("ETag", etag))
            : StubGitHub.Response(200, Page(shown), ("ETag", etag), ("Link", $"<{Next(page + 1)}>; rel=\"next\""));
    }

    private static string Next(int page) => $"https://api.github.com/repositories/7/events?per_page=100&page={page}";

    private double Stale() => GitHub.Meters.Measured
        .Where(measured => measured.Key.StartsWith("repopulse.github.answers.stale", StringComparison.Ordinal))
        .Sum(measured => measured.Value);

    /// <summary>What a token is shown.</summary>
    private sealed class View
    {
        private int[] _shown = [];

        private static int _versions;

        public int Version { get; private set; }

        public int[] Shown
        {
            get => _shown;
            set => (_shown, Version) = (value, Interlocked.Increment(ref _versions));
        }
    }
}
