using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class EventFeedTests
{
    private readonly EventReader _reader = new();
    private readonly List<GitHubEvent> _events = [];
    private readonly List<MalformedElement> _faults = [];

    [Fact]
    public void Every_event_of_a_feed_is_its_own_slice_of_the_body()
    {
        var body = Samples.Bytes($"[{Samples.Api},\n  {Samples.Timeline} , {Samples.Numbered(3)}]\n");

        Assert.True(_reader.TryReadFeed(body, _events, _faults, out _));

        Assert.Equal(
            [Samples.Api, Samples.Timeline, Samples.Numbered(3)], _events.Select(e => Samples.Text(e.Json)), StringComparer.Ordinal);
        Assert.Empty(_faults);
    }

    [Fact]
    public void An_event_alone_is_a_feed_of_one()
    {
        Assert.True(_reader.TryReadFeed(Samples.Bytes(Samples.Api), _events, _faults, out _));

        Assert.Equal(Samples.Api, Samples.Text(Assert.Single(_events).Json));
    }

    [Fact]
    public void An_empty_array_is_a_feed_of_none()
    {
        Assert.True(_reader.TryReadFeed(Samples.Bytes(" [ ] "), _events, _faults, out var problem));

        Assert.Null(problem);
        Assert.Empty(_events);
    }

    [Fact]
    public void An_element_that_is_no_event_is_reported_and_the_others_are_read()
    {
        var notUtf8 = Samples.Bytes(Samples.Numbered(5, "\"?\""));
        notUtf8[Array.IndexOf(notUtf8, (byte)'?')] = 0xff;
        byte[] body =
        [
            .. Samples.Bytes(
                $$"""[7,{{Samples.Numbered(1)}},null,{"id":{"x":[1]},"type":"A"},[[{}]],{{Samples.Numbered(2)}},{"message":"x"},"""),
            .. notUtf8,
            .. Samples.Bytes($",{Samples.Numbered(3)}]"),
        ];

        Assert.True(_reader.TryReadFeed(body, _events, _faults, out _));

        Assert.Equal(
            [Samples.Numbered(1), Samples.Numbered(2), Samples.Numbered(3)],
            _events.Select(e => Samples.Text(e.Json)),
            StringComparer.Ordinal);
        Assert.Equal([0, 2, 3, 4, 6, 7], _faults.Select(f => f.Index));
        Assert.All(_faults, f => Assert.NotEmpty(f.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"[]\"")]
    [InlineData("{\"message\":\"Not Found\"}")]
    [InlineData("{\"login\":\"mona\",\"id\":7,\"type\":\"User\",\"created_at\":\"2011-01-25T18:44:36Z\"}")]
    [InlineData("<html><body>503</body></html>")]
    [InlineData("[] []")]
    [InlineData("[],")]
    [InlineData("\0")]
    public void What_is_no_feed_says_so(string body)
    {
        Assert.False(_reader.TryReadFeed(Samples.Bytes(body), _events, _faults, out var problem));

        Assert.NotEmpty(problem);
        Assert.Empty(_events);
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_body_cut_off_anywhere_is_no_feed_and_leaves_nothing_behind()
    {
        var body = Samples.Bytes($"[1,{Samples.Api},{Samples.Api}]");
        for (var length = 0; length < body.Length; length++)
        {
            Assert.False(_reader.TryReadFeed(body.AsMemory(0, length), _events, _faults, out _));
            Assert.Empty(_events);
            Assert.Empty(_faults);
        }
    }
}
