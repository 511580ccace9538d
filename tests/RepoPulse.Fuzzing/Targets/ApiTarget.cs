using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api;
using RepoPulse.Core.Reading;
using RepoPulse.Fuzzing.Generation;
using RepoPulse.Sql.Sqlite;
using RepoPulse.Statistics;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>
/// Requests to the whole API over a SQLite database: method and target in the first line, headers in those that follow. No response is a
/// failure of
/// the server, and what is refused is refused by problem details.
/// </summary>
internal sealed class ApiTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private DirectoryInfo? _folder;
    private readonly List<byte[]> _seeds = [];
    private WebApplication? _app;
    private TestServer? _server;

    public override string Name => "api";

    public override int Share => 70;

    public override IReadOnlyList<byte[]> Seeds => _seeds;

    public override IReadOnlyList<string> Words =>
    [
        "eventType=", "&eventType=PushEvent", "repository=", "&repositoryId=7001", "&limit=", "limit=1000", "&cursor=", "&sort=",
        "-meanIntervalSeconds", "&since=", "&until=", "&bucket=PT1S", "&bucket=P366D",
        "&metric=", "%2F", "%252F", "%00", "%ff", "+", "..", "/api/v1/", "/openapi/v1.json", "/metrics", "/health/ready",
        "If-None-Match: *", "If-None-Match: \"a\", W/\"b\"", "Accept-Encoding: gzip;q=0, *",
        "Last-Event-ID: ", "Range: bytes=0-1", "Origin: null", "Authorization: Bearer x", "HEAD ", "POST ", "OPTIONS ",
    ];

    public override async ValueTask StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("repopulse-fuzz-api-");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddLogging();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddSqliteStorage($"Data Source={Path.Combine(_folder!.FullName, "fuzz.db")}");
        builder.Services.AddAggregator(new AggregatorOptions());
        builder.Services.AddApi(new ApiOptions { AllowedOrigins = ["https://example.org"], Repositories = ["*", "!octo/hidden"] });
        _app = builder.Build();
        _app.MapApi();
        await _app.Services.GetRequiredService<IEventLogWriter>().AppendAsync(Events(), EventSource.Poll, CancellationToken.None);
        await _app.StartAsync();
        _server = _app.GetTestServer();
        while (await SendAsync("GET /health/ready"u8.ToArray()) is not (200, _))
            await Task.Yield();
        await FillSeedsAsync();
    }

    public override async ValueTask<bool> FuzzAsync(byte[] input)
    {
        var (status, problem) = await SendAsync(input);
        // 501 is said of what this server does not do, such as a method.
        Invariant.Holds(status < 500);
        if (problem is not null)
            Invariant.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        problem?.Dispose();
        return status < 400;
    }

    protected override async ValueTask StopAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _folder?.Delete(recursive: true);
    }

    private static List<GitHubEvent> Events()
    {
        var events = new List<GitHubEvent>();
        var reader = new EventReader();
        foreach (var (id, name) in ((int, string)[])[(7001, "octo/cat"), (7002, "octo/dog"), (7003, "acme/tool"), (7004, "octo/hidden")])
        {
            for (var i = 0; i < 30; i++)
            {
                var json =
                    $$"""{"id":"{{id * 100 + i}}","type":"{{(i % 3 == 0 ? "PushEvent" : "WatchEvent")}}","repo":{"id":{{id}},"name":"{{name}}"},"payload":{},"created_at":"{{Now.AddHours(-i):yyyy-MM-ddTHH:mm:ssZ}}"}""";
                Invariant.Holds(reader.TryReadLine(Encoding.UTF8.GetBytes(json), events, out _));
            }
        }

        return events;
    }

    /// <summary>With cursors as the server gives them out.</summary>
    private async Task FillSeedsAsync()
    {
        var targets = new List<string>
        {
            "/api/v1/repositories?limit=2", "/api/v1/statistics?limit=2&sort=-events",
            "/api/v1/statistics?repository=octo/cat&repositoryId=7001&eventType=PushEvent", "/api/v1/repositories/octo/cat",
            "/api/v1/repositories/octo/cat/statistics?eventType=PushEvent&eventType=WatchEvent",
            "/api/v1/repositories/octo/cat/events?limit=3&since=2026-11-22T00:00:00Z",
            "/api/v1/repositories/octo/cat/activity?bucket=PT1H&since=2026-11-22T00:00:00Z&until=2026-11-23T00:00:00Z",
            "/api/v1/repositories/octo/dog/coverage?limit=1",
            "/api/v1/repositories/octo/cat/badge.svg?metric=median&eventType=PushEvent", "/api/v1/repositories/acme/tool/badge.json",
            "/api/v1/stream?repository=octo/cat&eventType=PushEvent",
            "/openapi/v1.json", "/health/live", "/", "/docs",
        };
        foreach (var list in (string[])["/api/v1/repositories?limit=2", "/api/v1/statistics?limit=2&sort=-events",
        "/api/v1/repositories/octo/cat/events?limit=3"])
        {
            using var client = _server!.CreateClient();
            using var page = JsonDocument.Parse(await client.GetStringAsync(new Uri(list, UriKind.Relative)));
            targets.Add($"{list}&cursor={page.RootElement.GetProperty("next").GetString()}");
        }

        _seeds.AddRange(Tokens.Utf8(targets.Select(
            (target, i) => $"GET " +
                $"{target}\n{(i % 3 == 0 ? "Accept-Encoding: gzip, br;q=0.5\nIf-None-Match: \"0\"\nOrigin: https://example.org\n" : "Host: pulse.example.org\n")}")));
    }

    /// <summary>The status, and the body where it is problem details.</summary>
    private async Task<(int Status, JsonDocument? Problem)> SendAsync(byte[] input)
    {
        using var abort = new CancellationTokenSource();
        var context = await _server!.SendAsync(request => Fill(request, input), abort.Token);
        JsonDocument? problem = null;
        if (context.Response.ContentType?.StartsWith("application/problem+json", StringComparison.Ordinal) == true
            && context.Request.Method != "HEAD")
            problem = await JsonDocument.ParseAsync(context.Response.Body, cancellationToken: CancellationToken.None);
        else if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) != true)
            await context.Response.Body.CopyToAsync(Stream.Null, CancellationToken.None);
        // The stream never ends by itself.
        await abort.CancelAsync();
        return (context.Response.StatusCode, problem);
    }

    /// <summary>As Kestrel would, which refuses a path that holds a NUL and takes the query as it is.</summary>
    private static void Fill(HttpContext context, byte[] input)
    {
        var lines = new Lines(input);
        var first = Visible(lines.Next());
        var space = first.IndexOf(' ', StringComparison.Ordinal);
        var target = first[(space + 1)..];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = (query < 0 ? target : target[..query]).Replace("%00", "", StringComparison.Ordinal);
        context.Request.Method = space > 0 ? first[..space] : "GET";
        context.Request.Path = PathString.FromUriComponent(path.StartsWith('/') ? path : "/" + path);
        context.Request.QueryString = query < 0 ? default : new QueryString(target[query..]);
        foreach (var (name, value) in lines.NextHeaders())
        {
            if (Visible(name) is { Length: > 0 } visible)
                context.Request.Headers.Append(visible, Visible(value));
        }
    }

    /// <summary>Control characters end a request before it comes here.</summary>
    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
