using System.Globalization;
using System.Text;

namespace RepoPulse.ContractTests.Storage;

/// <summary>Events that nobody caused.</summary>
public static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static GitHubEvent Event(
        long id, DateTimeOffset? at = null, string type = "PushEvent", long repository = 1, string? name = null, byte[]? json = null)
    {
        var createdAt = at ?? Noon.AddSeconds(id);
        name ??= string.Create(CultureInfo.InvariantCulture, $"acme/widget-{repository}");
        return new GitHubEvent
        {
            Key = new EventKey(EventId.FromValue(id), createdAt),
            Type = EventType.Parse(type),
            RepositoryId = new RepositoryId(repository),
            Repository = RepositoryName.Parse(name),
            Json = json ?? Json(id, createdAt, type, repository, name),
        };
    }

    public static GitHubEvent[] Events(int from, int count, long repositories = 3) =>
        [.. Enumerable.Range(from, count).Select(id => Event(id, repository: 1 + (id % repositories)))];

    public static byte[] Json(long id, DateTimeOffset at, string type, long repository, string name) =>
        Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"id":"{{id}}","type":"{{type}}","actor":{"id":{{id * 7919 % 1000}},"login":"someone-{{id * 7919 % 1000}}","url":"https://api.example.org/users/someone-{{id * 7919 % 1000}}"},"repo":{"id":{{repository}},"name":"{{name}}","url":"https://api.example.org/repos/{{name}}"},"payload":{"push_id":{{id * 104729 % 1_000_003}},"ref":"refs/heads/topic-{{id % 17}}","head":"{{id * 2654435761 % 4294967296:x8}}"},"public":true,"created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}
        """));

    public static HistoryQuery Query(long repository = 1, int limit = 100) =>
        new() { RepositoryId = new RepositoryId(repository), Limit = limit };

    public static FeedAddress Feed(string repository) => FeedAddress.OfRepository(RepositoryName.Parse(repository));

    public static string Id(this GitHubEvent e) => e.Key.Id.ToString();

    public static List<long> Ids(this IEnumerable<GitHubEvent> events) => [.. events.Select(e => e.Key.Id.Value)];

    public static string Text(this GitHubEvent e) => Encoding.UTF8.GetString(e.Json.Span);
}
