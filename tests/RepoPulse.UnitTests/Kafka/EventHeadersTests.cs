using System.Text;
using Confluent.Kafka;
using RepoPulse.Core.Evidence;
using RepoPulse.Kafka;
using RepoPulse.UnitTests.Core.Evidence;

namespace RepoPulse.UnitTests.Kafka;

public sealed class EventHeadersTests
{
    private static readonly EventHeaders.Names Names = new();

    [Fact]
    public void An_event_is_read_from_its_headers() => Assert.True(Read(Whole()));

    [Theory]
    [InlineData("PushEvent", """{"ref":"refs/heads/main","before":"00000000000000ab00","head":"ff000000000000cd00"}""")]
    [InlineData("PushEvent", """{"ref":"refs/heads/ü","before":"0000000000000000000","head":"ff000000000000cd00"}""")]
    [InlineData("DeleteEvent", """{"ref":"main","ref_type":"branch"}""")]
    [InlineData("IssuesEvent", """{"action":"opened","issue":{"number":7}}""")]
    public void What_an_event_says_of_others_is_read_without_its_JSON(string type, string payload)
    {
        var e = EvidenceEvents.Event(1, DateTimeOffset.UnixEpoch, type, payload) with { IsPrivate = true };
        Assert.True(EventEvidence.TryRead(e, out var expected));
        Assert.True(EventHeaders.TryRead(e.RepositoryId, EventHeaders.Of(e, EventSource.Poll), default, Names, out var read, out _));

        Assert.Equal((expected, true), (read.Evidence, read.IsPrivate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("refs/heads/main 12")]
    [InlineData("refs/heads/main 12 x")]
    [InlineData("refs/heads/main 12 13 14")]
    public void Evidence_that_is_none_is_passed_over(string text)
    {
        var headers = Whole();
        headers.Add(EventHeaders.Evidence, Encoding.UTF8.GetBytes(text));

        Assert.True(EventHeaders.TryRead(new RepositoryId(1), headers, default, Names, out var e, out _));
        Assert.Null(e.Evidence);
    }

    /// <summary>The first number ended every service that read it; the second was read as a time of 1969.</summary>
    [Theory]
    [InlineData("300000000000000000")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1e18")]
    public void A_record_whose_time_is_absurd_is_no_event(string createdAt)
    {
        var headers = Whole();
        headers.Remove(EventHeaders.CreatedAt);
        headers.Add(EventHeaders.CreatedAt, Encoding.ASCII.GetBytes(createdAt));

        Assert.False(Read(headers));
    }

    [Fact]
    public void A_header_that_is_given_twice_does_not_stand_in_for_one_that_is_missing()
    {
        var headers = Whole();
        headers.Remove(EventHeaders.Repository);
        headers.Add(EventHeaders.Source, "poll"u8.ToArray());

        Assert.False(Read(headers));
    }

    [Fact]
    public void Rubbish_in_any_header_is_no_event_and_throws_nothing()
    {
        var random = new Random(7);
        string[] keys = [EventHeaders.Type, EventHeaders.Source, EventHeaders.Id, EventHeaders.CreatedAt, EventHeaders.Repository];
        for (var round = 0; round < 20_000; round++)
        {
            var headers = Whole();
            var key = keys[random.Next(keys.Length)];
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            // Not UTF-8 and no text of ours, whatever else comes.
            headers.Remove(key);
            headers.Add(key, [0xFF, .. bytes]);

            Assert.False(Read(headers));
        }
    }

    private static bool Read(Headers headers) => EventHeaders.TryRead(new RepositoryId(1), headers, default, Names, out _, out _);

    private static Headers Whole() => EventHeaders.Of(
        new GitHubEvent
        {
            Key = new EventKey(EventId.FromGitHub(5), new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero)),
            Type = EventType.Parse("PushEvent"),
            RepositoryId = new RepositoryId(1),
            Repository = RepositoryName.Parse("octo/cat"),
            Json = default,
        },
        EventSource.Poll);
}
