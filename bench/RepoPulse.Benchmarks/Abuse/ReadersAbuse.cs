namespace RepoPulse.Benchmarks.Abuse;

/// <summary>Many who ask for much and take nothing, or next to nothing, each kind on a server of its own.</summary>
internal static class ReadersAbuse
{
    private const int SmallEvent = 3_000;
    private const int LargeEvent = 80_000;

    public static async Task RunAsync(string executable, TimeSpan hold, TextWriter output, CancellationToken cancellationToken)
    {
        await RunAsync(executable, hold, 10_000, SmallEvent, streams: 100, lists: 0, output, cancellationToken);
        await RunAsync(executable, hold, 10_000, SmallEvent, streams: 0, lists: 300, output, cancellationToken);
        await RunAsync(executable, hold, 2_000, LargeEvent, streams: 100, lists: 0, output, cancellationToken);
        await RunAsync(executable, hold, 2_000, LargeEvent, streams: 100, lists: 100, output, cancellationToken);
    }

    private static async Task RunAsync(
        string executable,
        TimeSpan hold,
        int events,
        int bytes,
        int streams,
        int lists,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        await using var server = await AttackedServer.StartAsync(
            executable, server => server.AppendAsync(100, 1_000, i => i % 2, cancellationToken), cancellationToken);
        var id = await ReadIdAsync(server.Process.Address, cancellationToken);
        await server.AppendAsync(events, bytes, _ => 2, cancellationToken);
        var readers = Enumerable.Range(0, streams + lists).Select(_ => new SlowReader()).ToList();
        await server.MeasureAsync(
            $"{streams} resumed streams that read nothing and {lists} lists of 1,000 that read 2 kB/s, events of {bytes / 1000} kB",
            hold,
            token => Task.WhenAll(
                readers.Select((reader, i) => AttackAsync(server.Process.Address, reader, i < streams ? id : null, token))),
            output,
            cancellationToken);
        readers.ForEach(reader => reader.Dispose());
    }

    /// <param name="id">Of a message after which a stream is resumed; null for a list.</param>
    private static async Task AttackAsync(Uri server, SlowReader reader, string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            await reader.SendAsync(server, "/api/v1/repositories/octo/r2/events?limit=1000", "", CancellationToken.None);
            await reader.TrickleAsync(cancellationToken);
        }
        else
        {
            await reader.SendAsync(server, "/api/v1/stream", $"Last-Event-ID: {id}\r\n", CancellationToken.None);
            await Task
                .Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The id that a stream begins with: it goes on after everything that is there now.</summary>
    private static async Task<string> ReadIdAsync(Uri server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(
            new Uri(server, "api/v1/stream"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                return line[4..];
        }

        throw new InvalidOperationException("The stream ended before its first id.");
    }
}
