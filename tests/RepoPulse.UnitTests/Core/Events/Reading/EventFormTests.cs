using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class EventFormTests
{
    [Fact]
    public void An_event_of_the_API_is_read_whole()
    {
        var read = Samples.Read($"  {Samples.Api}\r");

        Assert.Equal(EventId.FromGitHub(101), read.Key.Id);
        Assert.Equal(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero), read.Key.CreatedAt);
        Assert.Equal("PushEvent", read.Type.Name);
        Assert.Equal(new RepositoryId(42), read.RepositoryId);
        Assert.Equal("octo/hello-world", read.Repository.FullName);
        Assert.Equal(Samples.Api, Samples.Text(read.Json));
    }

    [Fact]
    public void An_event_of_the_old_timeline_is_read_with_a_derived_id()
    {
        var read = Samples.Read(Samples.Timeline);

        Assert.True(read.Key.Id.IsDerived);
        Assert.StartsWith("timeline-", read.Key.Id.ToString(), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2012, 3, 10, 20, 34, 56, TimeSpan.Zero), read.Key.CreatedAt);
        Assert.Equal("PushEvent", read.Type.Name);
        Assert.Equal(new RepositoryId(42), read.RepositoryId);
        Assert.Equal("octo/hello-world", read.Repository.FullName);
        Assert.Equal(Samples.Timeline, Samples.Text(read.Json));
    }

    [Fact]
    public void A_derived_id_follows_the_bytes_and_nothing_else()
    {
        var id = Samples.Read(Samples.Timeline).Key.Id;

        Assert.Equal(id, Samples.Read($" {Samples.Timeline} ").Key.Id);
        Assert.NotEqual(id, Samples.Read(Samples.Timeline.Replace("\"size\":1", "\"size\":2", StringComparison.Ordinal)).Key.Id);
    }

    [Fact]
    public void A_derived_id_is_the_start_of_the_SHA_256_of_the_event()
    {
        // The first eight bytes by sha256sum, less the two highest bits.
        Assert.Equal("timeline-2dd016978a4202b6", Samples.Read(
            """{"type":"FollowEvent","actor":"a","created_at":"2012-04-01T00:00:00Z"}""").Key.Id.ToString());
    }

    [Fact]
    public void An_id_that_an_export_derived_is_read_back()
    {
        var derived = EventId.FromWebhook(0x1234);

        Assert.Equal(derived, Samples.Read(Samples.Api.Replace("101", derived.ToString(), StringComparison.Ordinal)).Key.Id);
    }

    [Theory]
    [InlineData("\"id\":\"101\"", "\"id\":101")]
    [InlineData("\"id\":42", "\"id\":\"42\"")]
    [InlineData("\"actor\":{", "\"actor\":null,\"other\":{")]
    [InlineData("\"payload\":{", "\"payload\":{},\"other\":{")]
    [InlineData("\"payload\":{", "\"payload\":null,\"other\":{")]
    [InlineData("\"public\":true,", "")]
    [InlineData(",\"org\":{\"id\":9,\"login\":\"octo\"}", "")]
    [InlineData("\"PushEvent\"", "\"\\u0050ushEvent\"")]
    [InlineData("\"type\"", "\"t\\u0079pe\"")]
    [InlineData("octo/hello-world\",\"url", "octo\\/hello\\u002dworld\",\"url")]
    [InlineData("2015-01-01T00:00:00Z", "2014-12-31T17:00:00-07:00")]
    [InlineData("\"payload\":{", "\"payload\":{\"half\":\"\\ud83d\",\"id\":\"5\",\"type\":\"X\",")]
    [InlineData("{\"id\":\"101\"", "{\"id\":\"9\",\"id\":\"101\"")]
    public void Variations_of_a_form_change_nothing_that_matters(string part, string variation)
    {
        Assert.Contains(part, Samples.Api, StringComparison.Ordinal);
        var json = Samples.Api.Replace(part, variation, StringComparison.Ordinal);
        var read = Samples.Read(json);

        Assert.Equal(Samples.Read(Samples.Api) with { Json = default }, read with { Json = default });
        Assert.Equal(json, Samples.Text(read.Json));
    }

    [Fact]
    public void Properties_may_come_in_any_order()
    {
        var read = Samples.Read(
            """{"repo":{"name":"octo/hello-world","id":42},"created_at":"2015-01-01T00:00:00Z","payload":{},"type":"PushEvent","id":"101"}""");

        Assert.Equal(Samples.Read(Samples.Api) with { Json = default }, read with { Json = default });
    }

    [Fact]
    public void A_type_never_heard_of_is_a_type() =>
        Assert.Equal(
            "Teleport_Event", Samples.Read(Samples.Api.Replace("PushEvent", "Teleport_Event", StringComparison.Ordinal)).Type.Name);

    [Theory]
    [InlineData("\"repo\":{\"url\":\"https://api.example/repos//\",\"name\":\"/\"}")]
    [InlineData("\"repo\":{\"id\":5,\"name\":\"/\"}")]
    [InlineData("\"repo\":{\"id\":5,\"name\":\"octo/h\u00e9llo\"}")]
    [InlineData("\"repo\":{\"id\":5,\"name\":null}")]
    [InlineData("\"repo\":{\"id\":5}")]
    [InlineData("\"repo\":{\"name\":\"octo/hello\"}")]
    [InlineData("\"repo\":{\"id\":null,\"name\":\"octo/hello\"}")]
    [InlineData("\"repo\":{\"id\":0,\"name\":\"octo/hello\"}")]
    [InlineData("\"repo\":{}")]
    [InlineData("\"repo\":null")]
    [InlineData("\"repository\":{\"id\":5,\"name\":\"hello\",\"owner\":null}")]
    [InlineData("\"actor\":null")]
    public void An_event_whose_repository_is_not_known_is_an_event_of_none(string repository)
    {
        var read = Samples.Read($$"""{"id":"1","type":"GistEvent",{{repository}},"created_at":"2012-05-20T12:14:08Z"}""");

        Assert.False(read.HasRepository);
        Assert.True(read.Repository.IsEmpty);
    }

    [Theory]
    [InlineData("""{"id":5,"name":"hello","owner":"octo"}""")]
    [InlineData("""{"id":5,"owner":{"name":"octo","email":"o@example.com"},"name":"hello"}""")]
    [InlineData("""{"id":5,"owner":{"login":"octo"},"name":"hello"}""")]
    [InlineData("""{"id":5,"name":"hello","full_name":"octo/hello"}""")]
    [InlineData("""{"id":5,"name":"octo/hello"}""")]
    public void The_owner_of_an_old_repository_is_found(string repository)
    {
        var read = Samples.Read($$"""{"repository":{{repository}},"type":"PushEvent","created_at":"2012/05/20 12:14:08 +0000"}""");

        Assert.Equal("octo/hello", read.Repository.FullName);
        Assert.Equal(new RepositoryId(5), read.RepositoryId);
    }

    [Fact]
    public void An_owner_and_a_name_too_long_together_are_no_repository()
    {
        var repository = $$"""{"id":5,"name":"{{new string('n', 150)}}","owner":"{{new string('o', 60)}}"}""";

        Assert.False(
            Samples.Read($$"""{"repository":{{repository}},"type":"PushEvent","created_at":"2012-05-20T12:14:08Z"}""").HasRepository);
    }

    [Fact]
    public void Several_events_on_one_line_are_each_their_own_slice()
    {
        var events = new List<GitHubEvent>();
        var line = Samples.Bytes(Samples.Numbered(1) + Samples.Numbered(2) + " " + Samples.Numbered(3));

        Assert.True(new EventReader().TryReadLine(line, events, out _));

        Assert.Equal(
            [Samples.Numbered(1), Samples.Numbered(2), Samples.Numbered(3)],
            events.Select(e => Samples.Text(e.Json)),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    public void A_blank_line_is_no_event_and_no_fault(string line)
    {
        var events = new List<GitHubEvent>();

        Assert.True(new EventReader().TryReadLine(Samples.Bytes(line), events, out var fault));
        Assert.Null(fault);
        Assert.Empty(events);
    }

    [Fact]
    public void Names_and_types_seen_before_cost_no_memory()
    {
        var reader = new EventReader();
        var line = Samples.Bytes(Samples.Api);
        var events = new List<GitHubEvent>();
        // The least of several rounds: the runtime itself may allocate on this thread while it compiles.
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                events.Clear();
                reader.TryReadLine(line, events, out _);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
