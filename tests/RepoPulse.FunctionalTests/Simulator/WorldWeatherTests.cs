using System.Net;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class WorldWeatherTests : IDisposable
{
    private readonly DirectGitHub _github = new(
        new WorldOptions { Limits = new() { Unauthenticated = 1_000_000, PointsPerMinute = 1_000_000 } });

    public void Dispose() => _github.Dispose();

    [Fact]
    public async Task A_repository_gets_new_names_and_owners_that_stand_in_later_events_and_the_old_ones_redirect()
    {
        ActivityGenerator.Play(_github.World, [new("acme/tool", 60)], new GenerationOptions { HasRhythm = false });
        var repository = _github.World.Repository("acme/tool");
        _github.SetWeather(new FaultWeatherOptions
        {
            RenamingSpacing = TimeSpan.FromDays(1),
            MoveShare = 0.5,
            NameReuseShare = 0,
            TemporaryRedirectShare = 0.5
        });

        _github.Time.Advance(TimeSpan.FromDays(10));
        _github.World.ReadFeed(repository);

        var identities = repository.Identities;
        Assert.InRange(identities.Count, 9, 12);
        Assert.True(identities.Select(identity => identity.Owner.Login).Distinct().Count() > 1);
        var statuses = new HashSet<HttpStatusCode>();
        foreach (var former in identities.SkipLast(1))
        {
            using var response = await _github.GetAsync($"repos/{former.FullName}/events");
            statuses.Add(response.StatusCode);
            Assert.StartsWith(
                $"http://localhost/repositories/{repository.Id}/events", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains(HttpStatusCode.MovedPermanently, statuses);
        Assert.Contains(statuses, status => status is HttpStatusCode.Redirect or HttpStatusCode.TemporaryRedirect);
        foreach (var e in _github.World.EventsOf(repository, DirectGitHub.Start, _github.Time.GetUtcNow()))
        {
            var name = identities.Last(identity => identity.From <= e.HappenedAt).FullName;
            Assert.Contains($"\"{name}\"", System.Text.Encoding.UTF8.GetString(e.Json.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_happens_to_the_world_happens_at_the_same_times_however_often_it_is_looked_at()
    {
        Assert.Equal(History(TimeSpan.FromDays(20)), History(TimeSpan.FromMinutes(47)));

        static List<string> History(TimeSpan step)
        {
            using var github = new DirectGitHub();
            github.SetWeather(FaultWeather.Stormy with { LossSpacing = TimeSpan.FromDays(10), NameReuseShare = 1 });
            ActivityGenerator.Play(github.World, RateSpread.Draw(1, 20, 100, 60));
            for (var time = TimeSpan.Zero; time < TimeSpan.FromDays(20); time += step)
            {
                github.Time.SetUtcNow(DirectGitHub.Start + (time + step > TimeSpan.FromDays(20) ? TimeSpan.FromDays(20) : time + step));
                github.World.FindRepository("no/body");
            }

            return
            [
                .. github.World.Repositories.OrderBy(repository => repository.Id).Select(repository =>
                    $"{repository.Id} {repository.Availability} " +
                    $"{string.Join(' ', repository.Identities.Select(identity => $"{identity.From:O} {identity.FullName}"))}"),
            ];
        }
    }

    [Fact]
    public void Repositories_are_lost_for_good_and_their_names_taken_by_others_with_events_of_their_own()
    {
        ActivityGenerator.Play(_github.World, Enumerable.Range(0, 40).Select(i => new RepositoryActivity($"acme/tool-{i}", 10)));
        var first = _github.World.Repositories;
        _github.SetWeather(new FaultWeatherOptions { LossSpacing = TimeSpan.FromDays(5), NameReuseShare = 1 });

        _github.Time.Advance(TimeSpan.FromDays(30));
        _github.World.FindRepository("acme/tool-0");

        Assert.True(first.Count(repository => repository.Availability == Availability.Available) < 5);
        Assert.Contains(first, repository => repository.Availability == Availability.Gone);
        Assert.Contains(first, repository => repository.Availability == Availability.Blocked);
        var deleted = first.Where(repository => repository.Availability == Availability.NotFound).ToList();
        Assert.InRange(deleted.Count, 10, 30);
        Assert.All(deleted.SkipLast(2), former =>
        {
            var present = _github.World.FindRepository(former.FullName).Repository!;
            Assert.NotEqual(former.Id, present.Id);
            Assert.NotEqual(former, present);
        });
        var newcomer = _github.World.Repositories.Except(first).First(repository => repository.Availability == Availability.Available);
        var events = _github.World.ReadFeed(newcomer);
        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.True(e.HappenedAt >= newcomer.CreatedAt));
    }

    [Fact]
    public async Task Tokens_are_replaced_or_revoked_and_a_user_always_has_one_left()
    {
        for (var i = 1; i <= 4; i++)
            _github.World.Accounts.AddToken("alice", $"alice-{i}");
        _github.SetWeather(new FaultWeatherOptions { TokenChangeSpacing = TimeSpan.FromDays(1), RevocationShare = 0.5 });

        for (var day = 0; day < 20; day++)
        {
            _github.Time.Advance(TimeSpan.FromDays(1));
            await _github.GetStatusAsync("rate_limit");
            var tokens = _github.World.Accounts.TokensOf("alice");
            Assert.NotEmpty(tokens);
            Assert.Equal(HttpStatusCode.OK, await _github.GetStatusAsync("user", tokens[0]));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await _github.GetStatusAsync("user", "alice-1"));
        Assert.Single(_github.World.Accounts.TokensOf("alice"));
    }

    [Fact]
    public async Task Another_program_of_the_same_user_uses_up_requests()
    {
        _github.World.Accounts.AddToken("alice", "alice-1");
        _github.World.Accounts.AddToken("bob", "bob-1");
        _github.SetWeather(new FaultWeatherOptions { SpendingSpacing = TimeSpan.FromHours(3), MaxSpending = 2 });
        var (spent, refused) = (0, 0);
        for (var i = 0; i < 24 * 6; i++)
        {
            using var response = await _github.GetAsync("events", "alice-1");
            refused += response.StatusCode == HttpStatusCode.Forbidden ? 1 : 0;
            spent += SimulatedGitHub.Header(response, "X-RateLimit-Remaining") is { } left
                && int.Parse(left, System.Globalization.CultureInfo.InvariantCulture) < 4_900 ? 1 : 0;
            _github.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.InRange(spent, 15, 80);
        Assert.InRange(refused, 6, 40);
        Assert.True(_github.World.Requests.CountedAgainstPrimaryLimit < 150);
    }
}
