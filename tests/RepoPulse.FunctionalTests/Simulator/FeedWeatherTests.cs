using System.Net;
using System.Text.Json;
using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class FeedWeatherTests : IDisposable
{
    private const string Feed = "repos/dotnet/runtime/events?per_page=100";
    private readonly DirectGitHub _github = new(
        new WorldOptions { Limits = new() { Unauthenticated = 1_000_000, PerUser = 1_000_000, PointsPerMinute = 1_000_000 } });
    private readonly SimulatedRepository _repository;

    public FeedWeatherTests() => _repository = _github.World.Repository("dotnet/runtime");

    public void Dispose() => _github.Dispose();

    [Fact]
    public void An_omitted_event_comes_late_or_goes_for_a_while_and_the_next_takes_its_place()
    {
        for (var i = 0; i < 400; i++)
            _repository.Add("WatchEvent", DirectGitHub.Start.AddMinutes(i));
        _github.SetWeather(new FaultWeatherOptions { OmittedShare = 0.5, MaxOmission = TimeSpan.FromMinutes(30) });
        var (late, gone, back) = (new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
        var before = new HashSet<long>();
        for (var minute = 0; minute <= 440; minute++)
        {
            var feed = _github.World.ReadFeed(_repository);
            var now = feed.Select(e => e.Id).ToHashSet();
            late.UnionWith(
                feed.Where(e => !before.Contains(e.Id) && e.VisibleAt < _github.Time.GetUtcNow().AddMinutes(-1)).Select(e => e.Id));
            back.UnionWith(gone.Where(now.Contains));
            if (feed.Count < 300)
                gone.UnionWith(before.Except(now));
            Assert.Equal(300, Math.Max(feed.Count, minute < 400 ? 300 : 0));
            before = now;
            _github.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(gone.Count, 50, 200);
        Assert.Equal(gone.Count, back.Count);
        Assert.InRange(late.Except(gone).Count(), 20, 120);
        _github.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(300, _github.World.ReadFeed(_repository).Count);
    }

    [Fact]
    public async Task A_broken_row_is_no_event_and_the_event_it_stands_for_is_not_shown()
    {
        for (var i = 1; i <= 100; i++)
            _repository.Add("WatchEvent", DirectGitHub.Start.AddMinutes(-i));
        _github.SetWeather(new FaultWeatherOptions { BrokenRowShare = 0.2 });

        using var response = await _github.GetAsync(Feed);
        var rows = (await SimulatedGitHub.ReadJsonAsync(response)).EnumerateArray().ToList();
        var whole = rows.Count(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("created_at", out _));

        Assert.Equal(100, rows.Count);
        Assert.InRange(whole, 65, 95);
        Assert.Equal(whole, _github.World.Shown.Count);
        using var same = await _github.GetAsync(Feed, tag: SimulatedGitHub.Header(response, "ETag"));
        _github.Time.Advance(TimeSpan.FromMinutes(10));
        using var later = await _github.GetAsync(Feed, tag: SimulatedGitHub.Header(response, "ETag"));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_repository_is_404_for_a_while_and_comes_back()
    {
        _repository.Add("PushEvent", DirectGitHub.Start);
        _github.World.Repository("dotnet/sdk").Add("PushEvent", DirectGitHub.Start);
        _github.SetWeather(
            new FaultWeatherOptions { VanishingSpacing = TimeSpan.FromHours(6), VanishingDuration = TimeSpan.FromMinutes(30) });
        var away = new List<bool>();
        for (var i = 0; i < 24 * 12; i++)
        {
            var status = await _github.GetStatusAsync(Feed);
            away.Add(status == HttpStatusCode.NotFound);
            var isOtherAway = await _github.GetStatusAsync("repos/dotnet/sdk/events") == HttpStatusCode.NotFound;
            Assert.Equal((away[^1] ? 0 : 1) + (isOtherAway ? 0 : 1), (await _github.GetIdsAsync("orgs/dotnet/events")).Count);
            _github.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.InRange(away.Count(gone => gone), 10, 45);
        Assert.InRange(away.Zip(away.Skip(1)).Count(pair => !pair.First && pair.Second), 3, 5);
    }

    [Fact]
    public async Task A_repository_is_private_for_a_while_to_some_and_never_readable_then_without_a_token()
    {
        string[] users = ["alice", "bob", "carol", "dave"];
        foreach (var user in users)
            _github.World.Accounts.AddToken(user, user + "-1");
        _repository.Add("PushEvent", DirectGitHub.Start);
        _github.SetWeather(new FaultWeatherOptions { PrivacySpacing = TimeSpan.FromHours(6), PrivacyDuration = TimeSpan.FromMinutes(60) });
        var (some, all, none) = (0, 0, 0);
        for (var i = 0; i < 4 * 24 * 6; i++)
        {
            var readers = 0;
            foreach (var user in users)
                readers += await _github.GetStatusAsync(Feed, user + "-1") == HttpStatusCode.OK ? 1 : 0;
            _ = readers switch { 0 => none++, 4 => all++, _ => some++ };
            if (readers < 4)
                Assert.Equal(HttpStatusCode.NotFound, await _github.GetStatusAsync(Feed));
            _github.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.True(some > 20 && all > 300, $"Some could read at {some} times, all at {all}, none at {none}.");
    }
}
