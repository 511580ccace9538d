using System.Globalization;

namespace RepoPulse.Benchmarks.Abuse;

/// <summary>Many requests at once that each take a part of a second of a core.</summary>
internal static class ActivityAbuse
{
    private const string Activity = "/api/v1/repositories/octo/r2/activity?bucket=PT1H";
    private const int Requests = 150;
    private const int Events = 200_000;
    private const int Repositories = 20_000;

    public static async Task RunAsync(string executable, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await AttackedServer.StartAsync(executable, Fill, cancellationToken);
        await RunAsync(server, "/activity", _ => Activity, output, cancellationToken);
        await RunAsync(
            server, "/events?limit=1000, compressed", _ => "/api/v1/repositories/octo/r2/events?limit=1000", output, cancellationToken);
        await RunAsync(
            server,
            "/statistics?sort=",
            i => $"/api/v1/statistics?limit=1000&sort={(i % 2 == 0 ? "-" : "")}{Sorts[i % Sorts.Length]}",
            output,
            cancellationToken);
        await LeaveAsync(server, output, cancellationToken);

        async Task Fill(AttackedServer empty)
        {
            await empty.AppendAsync(Repositories, 500, i => i, cancellationToken);
            await empty.AppendAsync(Events, 500, _ => 2, cancellationToken);
        }
    }

    private static string[] Sorts => ["meanIntervalSeconds", "medianIntervalSeconds", "events", "lastEventAt", "stdDevIntervalSeconds"];

    private static async Task RunAsync(
        AttackedServer server, string name, Func<int, string> path, TextWriter output, CancellationToken cancellationToken)
    {
        var statuses = new string[Requests];
        await server.MeasureAsync(
            $"{Requests} x {name}", null, _ => Task.WhenAll(Enumerable.Range(0, Requests).Select(AskAsync)), output, cancellationToken);
        await output.WriteLineAsync(
            $"    {string.Join(", ", statuses.CountBy(status => status).Select(status => $"{status.Value} x {status.Key}"))}");

        async Task AskAsync(int i)
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(3) };
            http.DefaultRequestHeaders.Add("Accept-Encoding", "br");
            using var response = await http.GetAsync(new Uri(server.Process.Address, path(i)), cancellationToken);
            statuses[i] = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}");
        }
    }

    /// <summary>Requests whose client has gone before they are served: what the server goes on to spend on them.</summary>
    private static async Task LeaveAsync(AttackedServer server, TextWriter output, CancellationToken cancellationToken)
    {
        var readers = Enumerable.Range(0, Requests).Select(_ => new SlowReader()).ToList();
        foreach (var reader in readers)
            await reader.SendAsync(server.Process.Address, Activity, "", cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        readers.ForEach(reader => reader.Dispose());
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, cancellationToken);
        var before = server.Process.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Requests} x /activity, and gone: {(server.Process.ProcessorTime - before).TotalSeconds:F1} s of a core in the 15 s after"));
    }
}
