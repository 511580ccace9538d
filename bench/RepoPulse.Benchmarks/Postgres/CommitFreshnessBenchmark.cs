using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.Benchmarks.Postgres;

/// <summary>
/// From a commit to the first response of <c>serve</c>, in a process of its own, that counts its events, while 1,000 events a second
/// arrive. One event of every batch is of the repository that is asked for, each a second after the last, so that the time of its newest
/// says which have been counted.
/// </summary>
internal static partial class CommitFreshnessBenchmark
{
    private const int BatchesPerSecond = 50;
    private const int EventsPerBatch = 20;
    private const int Repositories = 500;
    private const int WarmUps = 5 * BatchesPerSecond;
    private const double Wanted = 250;

    private static readonly RepositoryName Asked = RepositoryName.Parse("octo/asked");
    private static readonly EventType[] Types = [EventType.Parse("PushEvent"), EventType.Parse("WatchEvent"), EventType.Parse(
        "IssuesEvent")];

    public static async Task RunAsync(string executable, int seconds, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartNewAsync(cancellationToken: cancellationToken);
        await using var log = await PostgresLog.CreateAsync(server, cancellationToken);
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddDays(-1);
        await log.AppendAsync([Event(1, 1, Asked, start)], 1, cancellationToken);
        await using var serve = await ServiceProcess.StartAsync(
            executable, ["serve", "--Api:Urls=http://127.0.0.1:0"], cancellationToken, log.Settings);
        var batches = WarmUps + (seconds * BatchesPerSecond);
        var sent = new ConcurrentDictionary<int, (long Appended, long Committed)>();
        var appending = AppendAsync(log, start, batches, sent, cancellationToken);
        var served = await WatchAsync(serve.Address, start, batches, cancellationToken);
        var late = await appending;

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{BatchesPerSecond * EventsPerBatch:N0} events a second in {BatchesPerSecond} commits for {seconds} s, in milliseconds " +
            $"({late} of {batches} batches began more than a batch late)"));
        var counted = Enumerable.Range(WarmUps + 1, batches - WarmUps).ToArray();
        await ReportAsync(output, "append called to committed", counted.Select(i => Milliseconds(sent[i].Appended, sent[i].Committed)));
        await ReportAsync(output, "committed to served", counted.Select(i => Math.Max(0, Milliseconds(sent[i].Committed, served[i]))));
        await ReportAsync(output, "append called to served", counted.Select(i => Milliseconds(sent[i].Appended, served[i])));
        var slow = counted.Where(i => Milliseconds(sent[i].Committed, served[i]) > Wanted).ToArray();
        var stretches = slow
            .Where((batch, i) => i == 0 || batch > slow[i - 1] + 1)
            .Select(batch => (batch - WarmUps) / (double)BatchesPerSecond);
        if (slow.Length > 0)
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {slow.Length} batches took more than {Wanted:N0} ms; they begin at {string.Join(", ", stretches)} s"));
    }

    /// <summary>On time, whatever the one before took.</summary>
    private static async Task<int> AppendAsync(
        PostgresLog log,
        DateTimeOffset start,
        int batches,
        ConcurrentDictionary<int, (long Appended, long Committed)> sent,
        CancellationToken cancellationToken)
    {
        var random = new Random(3);
        var names = Enumerable.Range(0, Repositories)
            .Select(i => RepositoryName.Parse(string.Create(CultureInfo.InvariantCulture, $"octo/r{i}")))
            .ToArray();
        var interval = TimeSpan.FromSeconds(1) / BatchesPerSecond;
        var began = TimeProvider.System.GetTimestamp();
        var late = 0;
        long id = 1;
        for (var i = 1; i <= batches; i++)
        {
            var wait = (i * interval) - TimeProvider.System.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            else if (wait < -interval)
                late++;
            var batch = new List<GitHubEvent> { Event(++id, 1, Asked, start.AddSeconds(i)) };
            for (var other = 1; other < EventsPerBatch; other++)
            {
                var repository = random.Next(Repositories);
                batch.Add(Event(++id, repository + 2, names[repository], start.AddSeconds(random.Next(80_000))));
            }

            var appended = TimeProvider.System.GetTimestamp();
            await log.Writer.AppendAsync(batch, EventSource.Poll, cancellationToken);
            sent[i] = (appended, TimeProvider.System.GetTimestamp());
        }

        return late;
    }

    /// <summary>When each batch was first counted in a response.</summary>
    private static async Task<long[]> WatchAsync(Uri api, DateTimeOffset start, int batches, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = api };
        var served = new long[batches + 1];
        var known = 0;
        while (known < batches)
        {
            using var response = await http.GetAsync($"api/v1/repositories/{Asked}/statistics", cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            var at = TimeProvider.System.GetTimestamp();
            if (response.IsSuccessStatusCode)
            {
                var newest = (int)(DateTimeOffset.Parse(LastEventAt().Match(answer).Groups["time"].Value, CultureInfo.InvariantCulture)
                    - start).TotalSeconds;
                while (known < newest)
                    served[++known] = at;
            }

            // Client and server share the cores: a response every few milliseconds is what counts, not the last request that fits.
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
        }

        return served;
    }

    private static GitHubEvent Event(long id, long repository, RepositoryName name, DateTimeOffset at)
    {
        var type = Types[id % Types.Length];
        return new()
        {
            Key = new(EventId.FromGitHub(id), at),
            Type = type,
            RepositoryId = new(repository),
            Repository = name,
            Json = JsonOf(id, repository, name, type, at),
        };
    }

    /// <summary>About as long as GitHub's.</summary>
    private static byte[] JsonOf(long id, long repository, RepositoryName name, EventType type, DateTimeOffset at) =>
        System.Text.Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{id}}}","type":"{{{type}}}","actor":{"id":{{{id % 977}}},"login":"user-{{{id % 977}}}","display_login":"user-{{{id % 977}}}","gravatar_id":"","url":"https://api.github.com/users/user-{{{id % 977}}}","avatar_url":"https://avatars.githubusercontent.com/u/{{{id % 977}}}?"},"repo":{"id":{{{repository}}},"name":"{{{name}}}","url":"https://api.github.com/repos/{{{name}}}"},"payload":{"repository_id":{{{repository}}},"push_id":{{{id * 7919}}},"ref":"refs/heads/main","head":"{{{id * 2654435761:x40}}}","before":"{{{(id - 1) * 2654435761:x40}}}"},"public":true,"created_at":"{{{at:yyyy-MM-ddTHH:mm:ssZ}}}"}"""));

    private static double Milliseconds(long from, long to) => TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds;

    private static Task ReportAsync(TextWriter output, string what, IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {what,-28} p50 {sorted[sorted.Length / 2],7:F2}   p99 {sorted[sorted.Length * 99 / 100],7:F2}   max {sorted[^1],7:F2}"));
    }

    [GeneratedRegex("\"lastEventAt\":\"(?<time>[0-9T:Z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LastEventAt();
}
