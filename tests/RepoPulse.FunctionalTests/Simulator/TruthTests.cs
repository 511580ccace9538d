using GitHubSimulator.Events;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class TruthTests : IDisposable
{
    private static readonly DateTimeOffset Start = DirectGitHub.Start;
    private readonly DirectGitHub _github = new();

    public void Dispose() => _github.Dispose();

    private GitHubWorld World => _github.World;

    [Fact]
    public void An_event_is_visible_from_when_it_is_shown_until_300_newer_ones_push_it_out()
    {
        var repository = World.Repository("a/b");
        var events = Enumerable.Range(0, 305).Select(i => repository.Add("WatchEvent", Start.AddMinutes(i))).ToList();
        _github.Time.Advance(TimeSpan.FromMinutes(400));

        var visible = World.Visibilities(repository, Start.AddMinutes(-1), Start.AddMinutes(400)).ToDictionary(one => one.Event.Id);

        Assert.Equal(305, visible.Count);
        Assert.Equal((Start.AddMinutes(2), Start.AddMinutes(302)), (visible[events[2].Id].From, visible[events[2].Id].Until));
        Assert.Equal(Start.AddMinutes(400), visible[events[5].Id].Until);
    }

    [Fact]
    public void A_late_event_that_300_newer_ones_have_overtaken_is_never_visible()
    {
        var repository = World.Repository("a/b");
        var late = repository.Add("PushEvent", Start, new EventDraft { Delay = TimeSpan.FromHours(6) });
        var lucky = repository.Add("PushEvent", Start.AddHours(5), new EventDraft { Delay = TimeSpan.FromHours(1) });
        for (var i = 1; i <= 340; i++)
            repository.Add("WatchEvent", Start.AddMinutes(i));
        _github.Time.Advance(TimeSpan.FromHours(7));

        var visible = World.Visibilities(repository, Start, _github.Time.GetUtcNow());

        Assert.DoesNotContain(visible, one => one.Event.Id == late.Id);
        Assert.Equal(Start.AddHours(6), Assert.Single(visible, one => one.Event.Id == lucky.Id).From);
    }

    [Fact]
    public void An_event_ages_out_and_goes_with_its_repository()
    {
        var repository = World.Repository("a/b");
        repository.Add("PushEvent", Start);
        _github.Time.Advance(TimeSpan.FromDays(1));
        repository.Availability = Availability.NotFound;
        _github.Time.Advance(TimeSpan.FromDays(2));
        repository.Availability = Availability.Gone;
        _github.Time.Advance(TimeSpan.FromDays(1));
        repository.Availability = Availability.Available;
        _github.Time.Advance(TimeSpan.FromDays(30));

        var visible = World.Visibilities(repository, Start, _github.Time.GetUtcNow());

        Assert.Equal(
            [(Start, Start.AddDays(1)), (Start.AddDays(4), Start.AddDays(30).AddTicks(1))], visible.Select(one => (one.From, one.Until)));
    }

    [Theory]
    [InlineData(1, 300, false)]
    [InlineData(2, 2, true)]
    [InlineData(3, 60, true)]
    [InlineData(4, 4_000, true)]
    public void What_a_feed_shows_at_any_time_is_what_was_visible_then(int seed, double perHour, bool isStormy)
    {
        ActivityGenerator.Play(
            World,
            [new("a/b", perHour), new("a/c", 10)],
            new GenerationOptions { Seed = seed, Lateness = Lateness.AsObserved, IdCollisionShare = 0.01 });
        if (isStormy)
            _github.SetWeather(
                FaultWeather.Stormy with { OmittedShare = 0.1, VanishingSpacing = TimeSpan.FromHours(8), LossSpacing = default }, seed);
        var repository = World.Repository("a/b");
        var random = new Random(seed);
        var seen = new List<(DateTimeOffset At, List<ShownEvent> Feed)>();
        for (var i = 0; i < 150; i++)
        {
            _github.Time.Advance(TimeSpan.FromMinutes(random.NextDouble() * 30));
            seen.Add((_github.Time.GetUtcNow(), [.. World.VisibleNow(repository, "alice")]));
        }

        var visible = World.Visibilities(repository, Start, _github.Time.GetUtcNow().AddTicks(1), "alice");

        foreach (var (at, feed) in seen)
            Assert.True(
                feed.ToHashSet().SetEquals(visible.Where(one => one.Contains(at)).Select(one => one.Event)), $"Not the same at {at:O}.");
    }

    [Fact]
    public void All_that_happened_is_known_whether_or_not_it_was_ever_shown()
    {
        var (quiet, busy) = (World.Repository("a/quiet"), World.Repository("a/busy"));
        var added = quiet.Add("PushEvent", Start.AddMinutes(5), new EventDraft { Delay = TimeSpan.FromHours(6) });
        ActivityGenerator.Play(World, [new("a/busy", 3_000)], new GenerationOptions { HasRhythm = false, History = TimeSpan.FromHours(1) });

        var events = World.EventsOf(busy, Start.AddHours(-10), Start.AddHours(5));

        Assert.Equal([added], World.EventsOf(quiet, Start, Start.AddHours(1)));
        Assert.Empty(World.EventsOf(quiet, Start, Start.AddMinutes(5)));
        Assert.InRange(events.Count, 17_000, 19_000);
        Assert.Equal(events.OrderBy(e => e.HappenedAt), events);
        Assert.True(events[0].HappenedAt >= Start.AddHours(-1));
        Assert.Equal(
            events.Where(e => e.HappenedAt >= Start.AddHours(1) && e.HappenedAt < Start.AddHours(2)).Select(e => e.Id),
            World.EventsOf(busy, Start.AddHours(1), Start.AddHours(2)).Select(e => e.Id));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task Changed_pages_are_counted_as_a_client_finds_them(double perHour)
    {
        using var github = new DirectGitHub(new WorldOptions { Limits = new() { PerUser = 1_000_000, PointsPerMinute = 1_000_000 } });
        github.World.Accounts.AddToken("alice", "alice-1");
        ActivityGenerator.Play(
            github.World, [new("a/b", perHour), new("a/c", perHour)], new GenerationOptions { Lateness = Lateness.AsObserved });
        var polls = new List<DateTimeOffset>();
        var (asked, askedOwner) = (0, 0);
        var tags = new Dictionary<string, string?>();
        for (var poll = 0; poll < 100; poll++)
        {
            polls.Add(github.Time.GetUtcNow());
            asked += await ChangedAsync("repos/a/b/events", github.World.ReadFeed(github.World.Repository("a/b")).Count);
            askedOwner += await ChangedAsync("orgs/a/events", github.World.ReadFeed(github.World.FindOwner("a")!).Count);
            github.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(asked, github.World.CountChangedPages(github.World.Repository("a/b"), polls));
        Assert.Equal(askedOwner, github.World.CountChangedPages(github.World.FindOwner("a")!, polls));
        Assert.True(asked > 5);

        async Task<int> ChangedAsync(string feed, int events)
        {
            var changed = 0;
            for (var page = 1; page <= Math.Max(1, (events + 99) / 100); page++)
            {
                var path = $"{feed}?per_page=100&page={page}";
                using var response = await github.GetAsync(path, "alice-1", tags.GetValueOrDefault(path));
                tags[path] = SimulatedGitHub.Header(response, "ETag");
                changed += response.IsSuccessStatusCode ? 1 : 0;
            }

            return changed;
        }
    }

    [Fact]
    public void Looking_at_the_truth_is_no_request_and_shows_nothing()
    {
        ActivityGenerator.Play(World, [new("a/b", 100)]);
        var repository = World.Repository("a/b");

        World.VisibleNow(repository);
        World.Visibilities(repository, Start.AddHours(-1), Start);
        World.CountChangedPages(repository, [Start]);

        Assert.Equal(0, World.Requests.Total);
        Assert.Equal(0, World.Shown.Count);
    }
}
