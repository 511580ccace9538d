using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RepoPulse.Benchmarks;

/// <summary>Recorded events for <see cref="PayloadBenchmark"/>, read in the simplest way.</summary>
internal static class PayloadEvents
{
    public static List<GitHubEvent> ReadHours(string dataFolder) =>
    [
        .. ReadFile(Path.Combine(dataFolder, "gharchive", "2015-01-01-0.json.gz")),
        .. ReadFile(Path.Combine(dataFolder, "gharchive", "2015-01-01-1.json.gz")),
    ];

    public static List<GitHubEvent> ReadSample2021(string dataFolder) =>
        ReadFile(Path.Combine(dataFolder, "gharchive", "2021-07-21-06-09.sample800.ndjson"));

    /// <summary>As many times the same events, each time with other ids and later.</summary>
    public static List<GitHubEvent> Multiply(List<GitHubEvent> events, int times)
    {
        const long IdsApart = 1_000_000_000;
        var hours = TimeSpan.FromHours(2);
        return
        [
            .. Enumerable.Range(0, times).SelectMany(round => events.Select(e => e with
            {
                Key = new EventKey(EventId.FromGitHub(e.Key.Id.Value + (round * IdsApart)), e.Key.CreatedAt + (round * hours)),
            })),
        ];
    }

    private static List<GitHubEvent> ReadFile(string path)
    {
        using Stream file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1f;
        file.Position = 0;
        using var reader = new StreamReader(isGzip ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
        var events = new List<GitHubEvent>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                events.Add(Parse(Encoding.UTF8.GetBytes(line)));
        }

        return events;
    }

    private static GitHubEvent Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var repository = root.GetProperty("repo");
        return new GitHubEvent
        {
            Key = new EventKey(
                EventId.TryParse(root.GetProperty("id").GetString(), out var id) ? id : default,
                root.GetProperty("created_at").GetDateTimeOffset()),
            Type = EventType.Parse(root.GetProperty("type").GetString()!),
            RepositoryId = new RepositoryId(repository.GetProperty("id").GetInt64()),
            Repository = RepositoryName.TryParse(repository.GetProperty("name").GetString(), out var name) ? name : default,
            Json = json,
        };
    }
}
