using GitHubSimulator.Generation;
using GitHubSimulator.World;
using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class GenerationTests
{
    private static readonly DateTimeOffset Start = SimulatedGitHub.Start;

    [Fact]
    public void A_seed_gives_the_same_events_however_often_they_are_read()
    {
        var (once, _) = Play(seed: 42, hours: 48, readEvery: TimeSpan.FromHours(48));
        var (often, _) = Play(seed: 42, hours: 48, readEvery: TimeSpan.FromMinutes(7.5));
        var (other, _) = Play(seed: 43, hours: 48, readEvery: TimeSpan.FromHours(48));

        Assert.Equal(Json(once), Json(often));
        Assert.NotEqual(Json(once), Json(other));

        static List<string> Json(GitHubWorld world) =>
            [.. world.ReadPublicFeed().Select(e => System.Text.Encoding.UTF8.GetString(e.Json.Span))];
    }

    [Fact]
    public void Over_weeks_a_repository_is_as_busy_as_asked()
    {
        var (_, seen) = Play(seed: 1, hours: 14 * 24, readEvery: TimeSpan.FromMinutes(10), ("dotnet/runtime", 100));

        var happened = seen.Count(e => e.CreatedAt >= Start);

        // A little more than asked: the bursts come on top.
        Assert.InRange(happened / (14 * 24.0), 90, 115);
    }

    [Fact]
    public void Nights_and_weekends_are_quieter_and_bursts_louder()
    {
        var (_, seen) = Play(seed: 1, hours: 14 * 24, readEvery: TimeSpan.FromMinutes(10), ("dotnet/runtime", 100));

        var byHour = seen.Where(e => e.CreatedAt >= Start)
            .CountBy(e => (int)(e.CreatedAt - Start).TotalHours)
            .Select(hour => hour.Value)
            .ToList();

        Assert.True(byHour.Max() > 200, $"The busiest hour had {byHour.Max()} events.");
        Assert.True(byHour.Min() < 40, $"The quietest hour had {byHour.Min()} events.");
    }

    [Fact]
    public void Thousands_of_events_an_hour_are_of_many_types_with_ids_of_their_own_out_of_step_with_time()
    {
        var (_, seen) = Play(seed: 3, hours: 2, readEvery: TimeSpan.FromSeconds(10), ("busy/one", 5_000));

        Assert.True(seen.Count > 5_000, $"There were {seen.Count} events.");
        Assert.Equal(seen.Count, seen.Select(e => e.Id).Distinct().Count());
        Assert.True(seen.Select(e => e.Type).Distinct(StringComparer.Ordinal).Count() >= 12);
        var inOrder = seen.OrderBy(e => e.VisibleAt).Select(e => e.Id).ToList();
        var stepsBack = inOrder.Zip(inOrder.Skip(1)).Count(pair => pair.Second < pair.First);
        Assert.InRange(stepsBack, inOrder.Count / 5, inOrder.Count / 3);
    }

    [Fact]
    public void About_a_quarter_of_neighbours_stand_the_wrong_way_round()
    {
        var (world, _) = Play(seed: 5, hours: 1, readEvery: TimeSpan.FromHours(1), ("dotnet/runtime", 60));

        var feed = world.ReadFeed(world.Repository("dotnet/runtime"));
        var wrong = feed.Zip(feed.Skip(1)).Count(pair => pair.First.CreatedAt < pair.Second.CreatedAt);

        Assert.Equal(300, feed.Count);
        Assert.InRange(wrong / 299.0, 0.15, 0.35);
    }

    [Fact]
    public void A_feed_begins_full_partly_full_or_empty_as_its_repository_is_busy()
    {
        var world = new GitHubWorld(new FakeTimeProvider(Start));
        ActivityGenerator.Play(world, [new("a/busy", 5_000), new("a/slow", 0.2), new("a/idle", 0)]);

        Assert.Equal(300, world.ReadFeed(world.Repository("a/busy")).Count);
        var slow = world.ReadFeed(world.Repository("a/slow"));
        Assert.InRange(slow.Count, 50, 250);
        Assert.All(slow, e => Assert.InRange(e.CreatedAt, Start.AddDays(-30), Start));
        Assert.Empty(world.ReadFeed(world.Repository("a/idle")));
        Assert.Equal(3, world.Repositories.Count);
    }

    [Fact]
    public void Delayed_events_show_late()
    {
        var time = new FakeTimeProvider(Start);
        var world = new GitHubWorld(time);
        ActivityGenerator.Play(world, [new("a/b", 60)], new GenerationOptions { Lateness = Lateness.Within(TimeSpan.FromHours(1)) });
        var before = world.ReadPublicFeed();

        time.Advance(TimeSpan.FromHours(1));
        var late = world.ReadPublicFeed().ExceptBy(before.Select(e => e.Id), e => e.Id).Count(e => e.CreatedAt < Start);

        Assert.InRange(late, 5, 120);
    }

    [Fact]
    public void A_repository_has_the_same_events_whatever_others_there_are_and_whichever_is_read_first()
    {
        var alone = new GitHubWorld(new FakeTimeProvider(Start));
        ActivityGenerator.Play(alone, [new("a/b", 100)]);
        var crowd = new GitHubWorld(new FakeTimeProvider(Start));
        ActivityGenerator.Play(crowd, [new("a/b", 100), new("a/c", 5_000), new("d/e", 3)]);
        crowd.ReadFeed(crowd.Repository("a/c"));

        Assert.Equal(Times(alone), Times(crowd));

        static List<(DateTimeOffset, string)> Times(GitHubWorld world) =>
            [.. world.ReadFeed(world.Repository("a/b")).Select(e => (e.HappenedAt, e.Type))];
    }

    [Fact]
    public void A_feed_that_nobody_read_for_long_is_what_it_would_be_if_it_had_been_read_all_the_time()
    {
        var (often, _) = Play(seed: 9, hours: 100, readEvery: TimeSpan.FromMinutes(10), ("a/b", 2_000));
        var time = new FakeTimeProvider(Start);
        var once = new GitHubWorld(time);
        ActivityGenerator.Play(once, [new("a/b", 2_000)], new GenerationOptions { Seed = 9 });
        time.Advance(TimeSpan.FromHours(100));

        Assert.Equal(300, often.VisibleNow(often.Repository("a/b")).Count);
        Assert.Equal(often.VisibleNow(often.Repository("a/b")), once.VisibleNow(once.Repository("a/b")));
    }

    [Fact]
    public void Late_events_of_a_busy_repository_do_not_empty_its_feed()
    {
        var world = new GitHubWorld(new FakeTimeProvider(Start));
        ActivityGenerator.Play(world, [new("a/b", 5_000)], new GenerationOptions { Lateness = Lateness.Within(TimeSpan.FromHours(12)) });

        Assert.Equal(300, world.ReadFeed(world.Repository("a/b")).Count);
    }

    [Fact]
    public void Added_and_made_up_events_stand_in_one_feed_by_their_times()
    {
        var world = new GitHubWorld(new FakeTimeProvider(Start));
        ActivityGenerator.Play(world, [new("a/b", 60)], new GenerationOptions { SwappedShare = 0 });
        for (var i = 0; i < 310; i++)
            world.Repository("a/b").Add("PushEvent", Start.AddMinutes(-i).AddSeconds(-i % 60));

        var feed = world.ReadFeed(world.Repository("a/b"));

        Assert.Equal(300, feed.Count);
        Assert.Equal(feed.OrderByDescending(e => e.HappenedAt), feed);
        Assert.InRange(feed.Count(e => e.Type != "PushEvent"), 60, 250);
    }

    [Fact]
    public void Fifty_thousand_repositories_share_the_events_asked_for_as_in_life()
    {
        var spread = RateSpread.Draw(seed: 1, repositories: 50_000, totalPerHour: 40_000, mostPerHour: 5_000);
        var world = new GitHubWorld(new FakeTimeProvider(Start));
        ActivityGenerator.Play(world, spread);

        Assert.Equal(50_000, world.Repositories.Count);
        Assert.Equal(40_000, spread.Sum(one => one.EventsPerHour), 1.0);
        Assert.True(spread.Max(one => one.EventsPerHour) <= 5_000);
        var busiestFirst = spread.Select(one => one.EventsPerHour).OrderDescending().ToList();
        Assert.True(busiestFirst.Take(5_000).Sum() > 0.8 * 40_000, $"A tenth has {busiestFirst.Take(5_000).Sum()}.");
        Assert.True(busiestFirst[25_000] < 0.2, $"Half have more than {busiestFirst[25_000]}.");
        Assert.Equal(spread, RateSpread.Draw(seed: 1, repositories: 50_000, totalPerHour: 40_000, mostPerHour: 5_000));
        Assert.NotEqual(spread, RateSpread.Draw(seed: 2, repositories: 50_000, totalPerHour: 40_000, mostPerHour: 5_000));
    }

    [Theory]
    [InlineData("dotnet/runtime:120", "dotnet/runtime", 120)]
    [InlineData("a/b:0.5", "a/b", 0.5)]
    public void A_repository_and_its_rate_are_read_from_text(string text, string name, double rate) =>
        Assert.Equal(new RepositoryActivity(name, rate), RepositoryActivity.Parse(text));

    [Theory]
    [InlineData("dotnet/runtime")]
    [InlineData("runtime:1")]
    [InlineData("a/b/c:1")]
    [InlineData("a/b:-1")]
    [InlineData("a/b:NaN")]
    [InlineData("a/:1")]
    public void What_is_no_repository_with_a_rate_is_refused(string text) =>
        Assert.Contains(
            $"'{text}'", Assert.Throws<FormatException>(() => RepositoryActivity.Parse(text)).Message, StringComparison.Ordinal);

    private static (GitHubWorld World, List<SimulatedEvent> Seen) Play(
        int seed, double hours, TimeSpan readEvery, params (string Name, double Rate)[] repositories)
    {
        var time = new FakeTimeProvider(Start);
        var world = new GitHubWorld(time, new WorldOptions { Seed = seed });
        (string Name, double Rate)[] played = repositories is [] ? [("dotnet/runtime", 120), ("octocat/hello-world", 6)] : repositories;
        ActivityGenerator.Play(
            world, played.Select(one => new RepositoryActivity(one.Name, one.Rate)), new GenerationOptions { Seed = seed });
        var seen = new Dictionary<ShownEvent, SimulatedEvent>();
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromHours(hours); elapsed += readEvery)
        {
            time.Advance(readEvery);
            foreach (var e in world.ReadPublicFeed())
                seen.TryAdd(new ShownEvent(e.Repository.Id, e.Id, e.CreatedAt, e.Type), e);
        }

        return (world, [.. seen.Values]);
    }
}
