using System.Text.Json;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class EventOddityTests : IDisposable
{
    private static readonly DateTimeOffset Start = DirectGitHub.Start;
    private readonly DirectGitHub _github = new();

    public void Dispose() => _github.Dispose();

    [Fact]
    public void Most_events_show_within_minutes_and_a_share_up_to_six_hours_late()
    {
        var delays = Play(new GenerationOptions { Lateness = Lateness.AsObserved with { LateShare = 0.1 } })
            .Select(e => e.VisibleAt - e.HappenedAt)
            .ToList();

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(30), TimeSpan.FromHours(6)));
        Assert.InRange(delays.Count(delay => delay > TimeSpan.FromMinutes(5)) / (double)delays.Count, 0.08, 0.12);
        Assert.Contains(delays, delay => delay > TimeSpan.FromHours(4));
        Assert.InRange(delays.Count(delay => delay > TimeSpan.FromHours(3)) / (double)delays.Count, 0.005, 0.05);
    }

    [Fact]
    public void Ids_begin_again_far_below_those_before()
    {
        var events = Play(new GenerationOptions { IdRestartAfter = TimeSpan.FromHours(12) });

        var before = events.Where(e => e.HappenedAt < Start.AddHours(12)).ToList();
        var after = events.Where(e => e.HappenedAt >= Start.AddHours(12)).ToList();
        Assert.True(after.Min(e => e.Id) < before.Min(e => e.Id));
        Assert.True(after.Min(e => e.Id) < 100_000_000_000);
        Assert.Equal(events.Count, events.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void An_old_id_is_given_again_within_a_repository_and_across_two_and_time_always_distinguishes_them()
    {
        var events = Play(new GenerationOptions { IdCollisionShare = 0.05 });

        var again = events.GroupBy(e => e.Id).Where(group => group.Count() > 1).ToList();
        Assert.InRange(again.Count, events.Count / 150, events.Count / 10);
        Assert.Contains(again, group => group.Select(e => e.Repository).Distinct().Count() == 1);
        Assert.Contains(again, group => group.Select(e => e.Repository).Distinct().Count() == 2);
        Assert.Equal(events.Count, events.Select(e => (e.Id, e.CreatedAt)).Distinct().Count());
    }

    [Fact]
    public void Some_types_nobody_has_seen_before_and_some_payloads_are_null()
    {
        var events = Play(new GenerationOptions { NewTypeShare = 0.1, NullPayloadShare = 0.2 });

        Assert.InRange(
            events.Count(e => e.Type is "HologramEvent" or "SidequestEvent" or "ErrandEvent") / (double)events.Count, 0.07, 0.13);
        Assert.InRange(events.Count(e => Payload(e).ValueKind == JsonValueKind.Null) / (double)events.Count, 0.17, 0.23);
    }

    [Theory]
    [InlineData(true, 20_000, 45_000)]
    [InlineData(false, 80_000, 160_000)]
    public async Task A_page_is_small_where_size_does_not_matter(bool isMinimal, int least, int most)
    {
        Play(new GenerationOptions { MinimalPayloads = isMinimal });

        using var response = await _github.GetAsync("repos/acme/busy/events?per_page=100");
        var events = await SimulatedGitHub.ReadJsonAsync(response);

        Assert.InRange(response.Content.Headers.ContentLength!.Value, least, most);
        Assert.Equal(100, events.GetArrayLength());
        Assert.All(events.EnumerateArray(), e => Assert.All(
            (string[])["id", "type", "actor", "repo", "payload", "public", "created_at", "org"],
            name => Assert.True(e.TryGetProperty(name, out _), name)));
    }

    [Fact]
    public void Enterprise_Server_still_sends_commits_and_whole_pull_requests()
    {
        var events = Play(new GenerationOptions { OldPayloads = true });

        var push = Payload(events.First(e => e.Type == "PushEvent"));
        var pullRequests = events.Where(e => e.Type == "PullRequestEvent").Select(Payload).ToList();
        Assert.Equal(push.GetProperty("head").GetString(), push.GetProperty("commits")[0].GetProperty("sha").GetString());
        Assert.DoesNotContain(pullRequests, payload => payload.GetProperty("action").GetString() == "merged");
        Assert.Contains(pullRequests, payload => payload.GetProperty("pull_request").GetProperty("merged").GetBoolean());
    }

    [Fact]
    public void An_event_reads_the_same_whenever_it_is_read()
    {
        var events = Play(new GenerationOptions());

        Assert.All(events.Take(100), e => Assert.Equal(e.Json.ToArray(), e.Json.ToArray()));
        Assert.True(events.Select(e => Convert.ToBase64String(e.Json.Span)).Distinct().Count() == events.Count);
    }

    private List<SimulatedEvent> Play(GenerationOptions options)
    {
        ActivityGenerator.Play(_github.World, [new("acme/busy", 200), new("acme/slow", 20)], options);
        _github.Time.Advance(TimeSpan.FromDays(1));
        return [.. _github.World.Repositories.SelectMany(repository => _github.World.EventsOf(repository, Start, Start.AddDays(1)))];
    }

    private static JsonElement Payload(SimulatedEvent e)
    {
        using var document = JsonDocument.Parse(e.Json);
        return document.RootElement.GetProperty("payload").Clone();
    }
}
