using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace RepoPulse.Benchmarks;

/// <summary>
/// From the sending of a webhook to the first response of the API that counts it, in a process of the real executable's <c>run</c>, next to
/// a POST that is checked and answered in the same way and stores nothing (a ping).
/// </summary>
internal static class WebhookBenchmark
{
    private const string Secret = "a secret of two";
    private const string Repository = "octo/cat";
    private const int WarmUps = 300;

    public static async Task RunAsync(string executable, int deliveries, TextWriter output, CancellationToken cancellationToken)
    {
        await using var run = await ServiceProcess.StartAsync(
            executable, ["run", "--Api:Urls=http://127.0.0.1:0", $"--Webhooks:Secret={Secret}"], cancellationToken);
        using var http = new HttpClient { BaseAddress = run.Address };
        var pings = new List<double>();
        var answered = new List<double>();
        var served = new List<double>();
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddDays(-1);
        for (var i = -WarmUps; i < deliveries; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await PostAsync(http, "ping", "{}", cancellationToken);
            var ping = Milliseconds(began);

            // Each a second after the last, so that the time of the newest event says which have been counted.
            var at = start.AddSeconds(i + WarmUps).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var star = Star(i + WarmUps + 1, at);
            began = TimeProvider.System.GetTimestamp();
            await PostAsync(http, "star", star, cancellationToken);
            var answer = Milliseconds(began);
            while (!await IsServedAsync(http, at, cancellationToken))
            {
            }

            var serve = Milliseconds(began);
            if (i < 0)
                continue;
            pings.Add(ping);
            answered.Add(answer);
            served.Add(serve);
        }

        await output.WriteLineAsync($"Webhooks: {deliveries} deliveries one after the other, in milliseconds");
        await ReportAsync(output, "a POST that stores nothing", pings);
        await ReportAsync(output, "sent to answered 202", answered);
        await ReportAsync(output, "sent to served", served);
    }

    private static string Star(int user, string at) =>
        $$$"""{"action":"created","starred_at":"{{{at}}}","repository":{"id":7001,"full_name":"{{{Repository}}}","private":false,"events_url":"https://api.github.com/repos/{{{Repository}}}/events"},"sender":{"login":"user-{{{user}}}","id":{{{user}}},"url":"https://api.github.com/users/user-{{{user}}}","avatar_url":"https://avatars.githubusercontent.com/u/{{{user}}}?v=4"}}""";

    private static async Task PostAsync(HttpClient http, string eventName, string payload, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", eventName);
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add(
            "X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"{eventName} was answered with {response.StatusCode}.");
    }

    private static async Task<bool> IsServedAsync(HttpClient http, string lastEventAt, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"api/v1/repositories/{Repository}/statistics", cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            && (await response.Content.ReadAsStringAsync(cancellationToken)).Contains(
                $"\"lastEventAt\":\"{lastEventAt}\"", StringComparison.Ordinal);
    }

    private static double Milliseconds(long began) => TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;

    private static Task ReportAsync(TextWriter output, string what, List<double> times)
    {
        times.Sort();
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {what,-28} p50 {times[times.Count / 2],7:F2}   p99 {times[times.Count * 99 / 100],7:F2}   max {times[^1],7:F2}"));
    }
}
