using System.Globalization;
using System.Net;
using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class RequestWeatherTests : IDisposable
{
    private const string Feed = "repos/dotnet/runtime/events?per_page=100";
    private static readonly WorldOptions Unlimited = new() { Limits = new() { Unauthenticated = 1_000_000, PointsPerMinute = 1_000_000 } };
    private readonly DirectGitHub _github = new(Unlimited);

    public RequestWeatherTests() => _github.World.Repository("dotnet/runtime").Add("PushEvent", DirectGitHub.Start.AddMinutes(-1));

    public void Dispose() => _github.Dispose();

    public static TheoryData<FaultWeatherOptions, string> Faults => new()
    {
        { new FaultWeatherOptions { ServerErrorShare = 1 }, "^50[023]( no JSON)?( slow)?$" },
        { new FaultWeatherOptions { SlowShare = 1 }, "^200 slow$" },
        { new FaultWeatherOptions { CutShare = 1 }, "^cut$" },
        { new FaultWeatherOptions { HalfSentShare = 1 }, "^half$" },
        { new FaultWeatherOptions { BrokenJsonShare = 1 }, "^200 no JSON$" },
        { new FaultWeatherOptions { HtmlShare = 1 }, "^200 no JSON$" },
        { new FaultWeatherOptions { SecondaryLimitShare = 1 }, "^4(03|29)$" },
        { new FaultWeatherOptions { RedirectShare = 1 }, "^30[27]$" },
        { new FaultWeatherOptions { MaintenanceSpacing = TimeSpan.FromMinutes(1), MaintenanceDuration = TimeSpan.FromHours(1) },
            "^503 no JSON$" },
        { new FaultWeatherOptions(), "^200$" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_always_happens_happens_to_every_request(FaultWeatherOptions options, string expected)
    {
        _github.SetWeather(options);

        for (var i = 0; i < 20; i++)
            Assert.Matches(expected, await _github.OutcomeAsync(Feed));
    }

    [Fact]
    public async Task Only_a_right_answer_shows_events()
    {
        foreach (var options in Faults
            .Select(row => row.Data.Item1)
            .Where(options => options is { SlowShare: 0 } && options != new FaultWeatherOptions()))
        {
            _github.SetWeather(options);
            for (var i = 0; i < 5; i++)
                await _github.OutcomeAsync(Feed);
        }

        Assert.Equal(0, _github.World.Shown.Count);
        Assert.DoesNotContain(_github.World.Requests.Recent, request => request is { IsWhole: true, Status: 200 });
    }

    [Fact]
    public async Task Faults_come_as_often_as_asked()
    {
        _github.SetWeather(new FaultWeatherOptions { CutShare = 0.1, BrokenJsonShare = 0.2 });
        var outcomes = new List<string>();

        for (var i = 0; i < 2_000; i++)
            outcomes.Add(await _github.OutcomeAsync(Feed));

        Assert.InRange(outcomes.Count(outcome => outcome == "cut"), 150, 250);
        Assert.InRange(outcomes.Count(outcome => outcome == "200 no JSON"), 330, 470);
    }

    [Fact]
    public async Task The_order_in_which_addresses_are_asked_changes_nobodys_luck()
    {
        string[] addresses = [Feed, Feed + "&page=2", "orgs/dotnet/events", "events"];
        var options = new FaultWeatherOptions
        {
            CutShare = 0.2,
            HalfSentShare = 0.2,
            HtmlShare = 0.2,
            StaleShare = 0.3,
            RedirectShare = 0.1
        };

        var inTurns = await AskAsync(Enumerable.Range(0, 200).Select(i => addresses[i % 4]));
        var oneByOne = await AskAsync(addresses.SelectMany(address => Enumerable.Repeat(address, 50)));
        var another = await AskAsync(Enumerable.Range(0, 200).Select(i => addresses[i % 4]), seed: 2);

        foreach (var address in addresses)
        {
            Assert.Equal(inTurns[address], oneByOne[address]);
            Assert.NotEqual(inTurns[address], another[address]);
        }

        async Task<Dictionary<string, List<string>>> AskAsync(IEnumerable<string> asked, int seed = 1)
        {
            using var github = new DirectGitHub(Unlimited);
            github.World.Repository("dotnet/runtime").Add("PushEvent", DirectGitHub.Start.AddSeconds(-30));
            github.SetWeather(options, seed);
            var outcomes = addresses.ToDictionary(address => address, _ => new List<string>());
            foreach (var address in asked)
                outcomes[address].Add(await github.OutcomeAsync(address));
            return outcomes;
        }
    }

    [Fact]
    public async Task A_secondary_limit_out_of_the_blue_holds_for_as_long_as_it_says()
    {
        _github.World.Accounts.AddToken("alice", "alice-1");
        _github.SetWeather(new FaultWeatherOptions { SecondaryLimitShare = 0.02 });
        var (withRetryAfter, without) = (0, 0);
        for (var i = 0; i < 1_000; i++)
        {
            using var refused = await _github.GetAsync(Feed, "alice-1");
            if (refused.StatusCode == HttpStatusCode.OK)
                continue;
            var retryAfter = refused.Headers.RetryAfter?.Delta;
            _ = retryAfter is null ? without++ : withRetryAfter++;
            _github.Time.Advance((retryAfter ?? TimeSpan.FromMinutes(1)) - TimeSpan.FromSeconds(2));
            Assert.Equal(HttpStatusCode.Forbidden, await _github.GetStatusAsync("rate_limit", "alice-1"));
            _github.Time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(HttpStatusCode.OK, await _github.GetStatusAsync("rate_limit", "alice-1"));
        }

        Assert.InRange(withRetryAfter, 3, 30);
        Assert.InRange(without, 3, 30);
        Assert.Equal(withRetryAfter + without, _github.World.Requests.WithViolation(GitHubSimulator.Traffic.ViolationKind.AskedToWait));
    }

    [Fact]
    public async Task Maintenance_comes_in_windows_and_says_how_long_it_takes()
    {
        _github.SetWeather(
            new FaultWeatherOptions { MaintenanceSpacing = TimeSpan.FromHours(6), MaintenanceDuration = TimeSpan.FromMinutes(10) });
        var down = new List<DateTimeOffset>();
        for (var minute = 0; minute < 48 * 60; minute++)
        {
            using var response = await _github.GetAsync(Feed);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                down.Add(_github.Time.GetUtcNow());
                Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
            }

            _github.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(down.Count, 40, 120);
        Assert.InRange(1 + down.Zip(down.Skip(1)).Count(pair => pair.Second - pair.First > TimeSpan.FromMinutes(1)), 7, 9);
    }

    [Fact]
    public async Task Under_load_polling_is_asked_for_more_rarely()
    {
        _github.SetWeather(new FaultWeatherOptions { LoadSpacing = TimeSpan.FromHours(2), LoadDuration = TimeSpan.FromMinutes(40) });
        var intervals = new List<int>();
        for (var i = 0; i < 24 * 12; i++)
        {
            using var response = await _github.GetAsync(Feed);
            intervals.Add(int.Parse(SimulatedGitHub.Header(response, "X-Poll-Interval")!, CultureInfo.InvariantCulture));
            _github.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.InRange(intervals.Count(interval => interval == 60) / (double)intervals.Count, 0.5, 0.8);
        Assert.All(intervals, interval => Assert.Contains(interval, (int[])[60, 120, 180, 240, 300]));
        Assert.True(intervals.Distinct().Count() >= 3);
    }

    [Fact]
    public async Task A_lagging_replica_shows_the_feed_as_it_was()
    {
        var repository = _github.World.Repository("dotnet/runtime");
        for (var i = 0; i < 600; i++)
            repository.Add("WatchEvent", DirectGitHub.Start.AddSeconds(i));
        _github.Time.Advance(TimeSpan.FromMinutes(10));
        _github.SetWeather(new FaultWeatherOptions { StaleShare = 1, MaxStaleness = TimeSpan.FromMinutes(3) });

        for (var i = 0; i < 20; i++)
        {
            using var response = await _github.GetAsync(Feed);
            var asOf = _github.World.Requests.Recent[^1].AsOf!.Value;
            var newest = (await SimulatedGitHub.ReadJsonAsync(response))[0].GetProperty("created_at").GetDateTimeOffset();

            Assert.InRange(asOf, DirectGitHub.Start.AddMinutes(7), DirectGitHub.Start.AddMinutes(10).AddSeconds(-1));
            Assert.InRange(asOf - newest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_lagging_replica_of_a_busy_repository_still_shows_a_full_feed()
    {
        GitHubSimulator.Generation.ActivityGenerator.Play(_github.World, [new("a/busy", 20_000)]);
        _github.SetWeather(new FaultWeatherOptions { StaleShare = 0.5, MaxStaleness = TimeSpan.FromMinutes(30) });

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(100, (await _github.GetIdsAsync("repos/a/busy/events?per_page=100&page=3")).Count);
            _github.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_redirect_leads_to_the_same_feed_by_its_id()
    {
        _github.SetWeather(new FaultWeatherOptions { RedirectShare = 1 });

        using var response = await _github.GetAsync(Feed);
        var location = response.Headers.Location!;

        Assert.Equal(
            $"http://localhost/repositories/{_github.World.Repository("dotnet/runtime").Id}/events?per_page=100", location.ToString());
        Assert.Single(await _github.GetIdsAsync(location.ToString()));
    }
}
