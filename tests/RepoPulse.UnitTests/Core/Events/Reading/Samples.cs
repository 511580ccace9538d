using System.Text;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

/// <summary>Made-up events in every form, and short ways to read them.</summary>
internal static class Samples
{
    public const string Api =
        """
        {"id":"101","type":"PushEvent","actor":{"id":7,"login":"mona","url":"https://api.example/users/mona"},"repo":{"id":42,"name":"octo/hello-world","url":"https://api.example/repos/octo/hello-world"},"payload":{"push_id":1,"commits":[{"sha":"ab","message":"say \"hi\""}]},"public":true,"created_at":"2015-01-01T00:00:00Z","org":{"id":9,"login":"octo"}}
        """;

    public const string Timeline =
        """
        {"created_at":"2012/03/10 12:34:56 -0800","payload":{"size":1,"shas":[["ab","x@example.com","fix","Mona",true]]},"public":true,"type":"PushEvent","url":"https://example.com/octo/hello-world/compare/a...b","actor":"mona","actor_attributes":{"login":"mona","type":"User"},"repository":{"id":42,"name":"hello-world","url":"https://example.com/octo/hello-world","owner":"octo","private":false,"created_at":"2011-05-07T07:10:07-07:00"}}
        """;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    /// <summary>An event of the Events API's form with these ids.</summary>
    public static string Numbered(int id, string payload = "{}") =>
        $$"""{"id":"{{id}}","type":"WatchEvent","repo":{"id":{{1 + id % 7}},"name":"octo/r{{1 + id % 7}}"},"payload":{{payload}},"created_at":"2020-02-03T04:05:06Z"}""";

    public static GitHubEvent Read(string line)
    {
        var events = new List<GitHubEvent>();
        Assert.True(new EventReader().TryReadLine(Bytes(line), events, out var fault), fault);
        return Assert.Single(events);
    }

    /// <summary>What is wrong with a line; fails where it is read, or where it leaves anything in the list.</summary>
    public static string Fault(ReadOnlyMemory<byte> line)
    {
        List<GitHubEvent> events = [Read(Api)];
        Assert.False(new EventReader().TryReadLine(line, events, out var fault));
        Assert.Single(events);
        return fault;
    }

    public static string Fault(string line) => Fault(Bytes(line));
}
