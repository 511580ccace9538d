using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace RepoPulse.Benchmarks.Streaming;

/// <summary>Events of many repositories and fifteen types; a tenth of them are of the first repository.</summary>
internal sealed class StreamEvents(int repositories, DateTimeOffset start)
{
    private static readonly EventType[] Types = [.. Enumerable
        .Range(0, 15)
        .Select(i => EventType.Parse(string.Create(CultureInfo.InvariantCulture, $"Sample{i}Event")))];

    public const int PerSecond = 200;
    public const int BatchesPerSecond = 20;

    private readonly RepositoryName[] _names =
        [.. Enumerable.Range(0, repositories).Select(i => RepositoryName.Parse(string.Create(CultureInfo.InvariantCulture, $"octo/r{i}")))];

    private readonly Random _random = new(5);
    private long _id;

    /// <summary>An event of every type in every repository.</summary>
    public List<GitHubEvent> OneOfEach() =>
        [.. Enumerable.Range(0, repositories).SelectMany(i => Types.Select((type, n) => Create(i, type, start.AddSeconds(-3600 - n))))];

    private List<GitHubEvent> Next(int count, DateTimeOffset now) =>
        [.. Enumerable
            .Range(0, count)
            .Select(i => Create(i % 10 == 0 ? 0 : _random.Next(1, repositories), Types[_random.Next(Types.Length)], now))];

    /// <summary>Batches at their moments, as long as it is to last.</summary>
    public async IAsyncEnumerable<List<GitHubEvent>> PacedAsync(int seconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 1; i <= seconds * BatchesPerSecond; i++)
        {
            var wait = (i * (TimeSpan.FromSeconds(1) / BatchesPerSecond)) - TimeProvider.System.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            yield return Next(PerSecond / BatchesPerSecond, TimeProvider.System.GetUtcNow());
        }
    }

    private GitHubEvent Create(int repository, EventType type, DateTimeOffset at)
    {
        var id = ++_id;
        var time = new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return new()
        {
            Key = new EventKey(EventId.FromGitHub(id), time),
            Type = type,
            RepositoryId = new RepositoryId(repository + 1),
            Repository = _names[repository],
            Json = Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{id}}","type":"{{type}}","repo":{"id":{{repository + 1}},"name":"{{_names[repository]}}"},"payload":{"ref":"refs/heads/main","head":"{{id * 2654435761:x40}}","before":"{{(id - 1) * 2654435761:x40}}","text":"{{new string('x', 600)}}"},"created_at":"{{time:yyyy-MM-ddTHH:mm:ssZ}}"}""")),
        };
    }
}
