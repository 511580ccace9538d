using RepoPulse.Api.Badges;

namespace RepoPulse.UnitTests.Api.Badges;

public sealed class EventNounTests
{
    [Theory]
    [InlineData("PushEvent", "push", "pushes")]
    [InlineData("WatchEvent", "star", "stars")]
    [InlineData("PullRequestReviewCommentEvent", "pull request review comment event", "pull request review comment events")]
    [InlineData("IssuesEvent", "issues event", "issues events")]
    [InlineData("ABCEvent", "abc event", "abc events")]
    [InlineData("a_b-C9", "a_b-c9 event", "a_b-c9 events")]
    [InlineData("Event", "event", "events")]
    public void A_type_that_nobody_foresaw_has_a_name_too(string type, string one, string many) =>
        Assert.Equal(new EventNoun(one, many), EventNoun.Of(EventType.Parse(type)));

    [Fact]
    public void All_events_together_are_events() => Assert.Equal(new EventNoun("event", "events"), EventNoun.Of(EventType.All));
}
