using System.Globalization;
using System.Text;
using RepoPulse.Kafka;

namespace RepoPulse.UnitTests.Kafka;

public sealed class WebhookPairingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly WebhookPairing _pairing = new();

    [Fact]
    public void The_polled_form_supersedes_the_webhooks_in_either_order()
    {
        Assert.Empty(Add(Webhook(1, 0)));
        Assert.Equal([(Webhook(1, 0).Key, Polled(1, 2).Key)], Add(Polled(1, 2)));
        Assert.Empty(Add(Polled(2, 60, head: 2)));
        Assert.Equal([(Webhook(2, 58, head: 2).Key, Polled(2, 60, head: 2).Key)], Add(Webhook(2, 58, head: 2)));
    }

    [Fact]
    public void What_is_given_again_is_paired_with_nothing_else()
    {
        Add(Webhook(1, 0), Webhook(2, 20));
        Assert.Equal([(Webhook(2, 20).Key, Polled(2, 21).Key)], Add(Polled(2, 21)));
        Assert.All(
            Add(Polled(2, 21), Webhook(1, 0), Webhook(2, 20), Polled(2, 21)),
            pair => Assert.Equal((Webhook(2, 20).Key, Polled(2, 21).Key), pair));
        Assert.Equal([(Webhook(1, 0).Key, Polled(1, 1).Key)], Add(Polled(1, 1)));
        Assert.Empty(Add(Polled(3, 2)));
    }

    [Fact]
    public void A_pair_is_said_again_with_each_of_its_events_so_that_a_reader_may_start_over()
    {
        Add(Webhook(1, 0), Polled(1, 1));

        Assert.Equal([(Webhook(1, 0).Key, Polled(1, 1).Key)], Add(Webhook(1, 0)));
        Assert.Equal([(Webhook(1, 0).Key, Polled(1, 1).Key)], Add(Polled(1, 1)));
    }

    [Fact]
    public void Each_is_paired_with_the_nearest_in_time_that_is_left()
    {
        Add(Webhook(1, 0), Webhook(2, 20));
        Assert.Equal([(Webhook(2, 20).Key, Polled(2, 21).Key)], Add(Polled(2, 21)));
        Assert.Equal([(Webhook(1, 0).Key, Polled(3, 41).Key)], Add(Polled(3, 41)));
        Assert.Empty(Add(Webhook(3, 40)));
        Assert.Equal([(Webhook(3, 40).Key, Polled(1, 1).Key)], Add(Polled(1, 1)));
    }

    [Theory]
    [InlineData(600, 1)]
    [InlineData(-600, 1)]
    [InlineData(601, 0)]
    [InlineData(-601, 0)]
    public void Further_apart_than_ten_minutes_they_are_two(int seconds, int supersessions)
    {
        Add(Webhook(1, 0));
        Assert.Equal(supersessions, Add(Polled(1, seconds)).Count);
    }

    [Fact]
    public void A_second_hook_that_reports_it_a_little_later_adds_nothing_new()
    {
        var first = Webhook(1, 0);
        var second = first with { Key = first.Key with { CreatedAt = Noon.AddSeconds(3) } };
        Add(first);
        Assert.Equal([(second.Key, first.Key)], Add(second));
        Assert.Single(Add(Polled(1, 2)));
        Assert.Empty(Add(Polled(2, 5)));
    }

    [Fact]
    public void Another_repository_or_another_head_is_something_else()
    {
        Add(Webhook(1, 0));
        Assert.Empty(Add(Polled(1, 1, head: 2), Polled(2, 1, repository: 2)));
    }

    private static GitHubEvent Webhook(int number, int second, int head = 1) => Of(EventId.FromWebhook((ulong)number), second, 1, head);

    private static GitHubEvent Polled(int number, int second, int head = 1, long repository = 1) =>
        Of(EventId.FromGitHub(number), second, repository, head);

    private static GitHubEvent Of(EventId id, int second, long repository, int head) => new()
    {
        Key = new EventKey(id, Noon.AddSeconds(second)),
        Type = EventType.Parse("PushEvent"),
        RepositoryId = new RepositoryId(repository),
        Repository = RepositoryName.Parse("acme/widget"),
        Json = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"{{{id}}}","type":"PushEvent","payload":{"ref":"refs/heads/main","head":"{{{head:x40}}}"}}""")),
    };

    private List<(EventKey Superseded, EventKey By)> Add(params GitHubEvent[] events)
    {
        var found = new List<Supersession>();
        foreach (var e in events)
            _pairing.Add(e, found);
        return [.. found.Select(supersession => (supersession.Superseded, supersession.By))];
    }
}
