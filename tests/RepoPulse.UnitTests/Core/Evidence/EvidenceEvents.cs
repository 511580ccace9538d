using System.Globalization;
using System.Text;

namespace RepoPulse.UnitTests.Core.Evidence;

/// <summary>Events with a payload that says something of others.</summary>
internal static class EvidenceEvents
{
    public static GitHubEvent Event(long id, DateTimeOffset at, string type, string payload, long repository = 7) => new()
    {
        Key = new EventKey(EventId.FromValue(id), at),
        Type = EventType.Parse(type),
        RepositoryId = new RepositoryId(repository),
        Repository = RepositoryName.Parse("octo/cat"),
        Json = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{id}}","type":"{{type}}","repo":{"id":{{repository}},"name":"octo/cat"},"payload":{{payload}},"public":true,"created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}""")),
    };

    /// <summary>A push to a branch from one commit to another; commits are given as numbers.</summary>
    public static GitHubEvent Push(long id, DateTimeOffset at, int before, int head, string branch = "main", long repository = 7) => Event(
        id,
        at,
        "PushEvent",
        $$"""{"push_id":{{id}},"ref":"refs/heads/{{branch}}","head":"{{Commit(head)}}","before":"{{Commit(before)}}"}""",
        repository);

    private static string Commit(int number) => number.ToString("x16", CultureInfo.InvariantCulture) + new string('0', 24);
}
