using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RepoPulse.Benchmarks.Abuse;

/// <summary>
/// Senders of bodies who do not know the secret, against the real executable's <c>run</c>: how much memory it takes, and how long a signed
/// delivery takes meanwhile.
/// </summary>
internal static class WebhookBodyAttack
{
    private const string Secret = "a secret of two and more";
    private const int Large = 25 * 1024 * 1024;

    private static readonly Attack[] Attacks =
    [
        new("60 bodies of 25 MB, fast", 60, Large, 65_536, TimeSpan.Zero),
        new("60 bodies of 25 MB, 300 B/s", 60, Large, 300, TimeSpan.FromSeconds(1)),
        new("60 bodies in chunks without end", 60, null, 65_536, TimeSpan.Zero),
        new("500 bodies of 1 MB that stall", 500, 1_000_000, 900_000, TimeSpan.FromSeconds(10)),
    ];

    public static async Task RunAsync(string executable, TimeSpan duration, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"Unsigned webhook bodies, each attack for {duration.TotalSeconds:0} s; memory in MB (resident), latency of signed " +
            "deliveries in ms");
        await output.WriteLineAsync($"  {"",-34} {"before",8} {"peak",8} {"after",8} {"p50",8} {"max",8} {"accepted",9}  refused");
        foreach (var attack in Attacks)
            await RunAsync(executable, attack, duration, output, cancellationToken);
    }

    private static async Task RunAsync(
        string executable, Attack attack, TimeSpan duration, TextWriter output, CancellationToken cancellationToken)
    {
        await using var run = await ServiceProcess.StartAsync(
            executable,
            ["run", "--Api:Urls=http://127.0.0.1:0", $"--Webhooks:Secret={Secret}", "--GitHub:ApiUrl=http://127.0.0.1:9"],
            cancellationToken);
        using var http = new HttpClient { BaseAddress = run.Address, Timeout = TimeSpan.FromSeconds(30) };
        for (var i = 0; i < 20; i++)
            await DeliverAsync(http, cancellationToken);
        var before = run.ResidentBytes;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(duration);
        var statuses = new SortedDictionary<int, int>();
        var attackers = Enumerable.Range(0, attack.Connections)
            .Select(_ => AttackAsync(run.Address, attack, statuses, stop.Token))
            .ToList();
        var (times, accepted) = (new List<double>(), 0);
        while (!stop.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            accepted += await DeliverAsync(http, cancellationToken) ? 1 : 0;
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        await Task.WhenAll(attackers);
        // As long as a connection that was left may be drained, and a little more.
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System, cancellationToken);
        times.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {attack.Name,-34} {Megabytes(before),8:F0} {Megabytes(run.PeakBytes),8:F0} {Megabytes(run.ResidentBytes),8:F0} " +
            $"{times[times.Count / 2],8:F1} {times[^1],8:F1} {$"{accepted}/{times.Count}",9}  " +
            $"{string.Join(", ", statuses.Select(status => $"{(status.Key == 0 ? "closed" : status.Key)} {status.Value}"))}"));
    }

    private static async Task AttackAsync(
        Uri server, Attack attack, SortedDictionary<int, int> statuses, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var status = await SendAsync(server, attack, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            lock (statuses)
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }
    }

    /// <returns>The status; 0 where the connection ended without one.</returns>
    private static async Task<int> SendAsync(Uri server, Attack attack, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port, cancellationToken);
            var stream = client.GetStream();
            var framing = attack.Length is { } length ? $"Content-Length: {length}" : "Transfer-Encoding: chunked";
            var part = Encoding.ASCII.GetBytes(attack.Length is null
                ? $"{attack.PartLength:x}\r\n{new string(' ', attack.PartLength)}\r\n"
                : new string(' ', attack.PartLength));
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /webhooks/github HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Hub-Signature-256: " +
                    $"sha256={new string('0', 64)}\r\nX-GitHub-Event: push\r\nX-GitHub-Delivery: d\r\nContent-Type: " +
                    $"application/json\r\n{framing}\r\n\r\n"),
                cancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var response = reader.ReadLineAsync(cancellationToken).AsTask();
            try
            {
                for (long sent = attack.PartLength;
                    !response.IsCompleted && sent <= (attack.Length ?? long.MaxValue);
                    sent += attack.PartLength)
                {
                    await stream.WriteAsync(part, cancellationToken);
                    if (attack.Pause > TimeSpan.Zero)
                        await Task.WhenAny(response, Task.Delay(attack.Pause, TimeProvider.System, cancellationToken));
                }
            }
            catch (IOException)
            {
                // Closed in the midst of it; what was sent is still to be read.
            }

            return await response is { } line ? int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task<bool> DeliverAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var user = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"action":"created","starred_at":"{{{at}}}","repository":{"id":7001,"full_name":"octo/cat","private":false},"sender":{"login":"user-{{{user}}}","id":{{{user}}}},"padding":"{{{new string('x', 20_000)}}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", "star");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add(
            "X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static double Megabytes(long bytes) => bytes / 1e6;

    /// <param name="Length">What each declares; null for chunks without end.</param>
    /// <param name="Pause">Between two parts.</param>
    private sealed record Attack(string Name, int Connections, int? Length, int PartLength, TimeSpan Pause);
}
