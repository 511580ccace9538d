using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;
using RepoPulse.Statistics;

namespace RepoPulse.Benchmarks;

/// <summary>
/// How many requests a second the API serves, beside an endpoint of the same server that returns nothing. Client and server share the
/// machine, so the ratio says more than the numbers.
/// </summary>
internal static class ApiBenchmark
{
    private const int Repositories = 1000;
    private const int Connections = 8;
    private const int Requests = 40_000;
    private const int Rounds = 4;

    private static readonly string[] Types =
        ["CreateEvent", "DeleteEvent", "ForkEvent", "IssueCommentEvent", "IssuesEvent", "PullRequestEvent", "PullRequestReviewEvent", "PushEvent", "WatchEvent"];

    private static readonly (string Name, string Path, bool Conditional)[] Cases =
    [
        ("empty endpoint", "/empty", false),
        ("statistics of one", "/api/v1/repositories/octo/r500/statistics", false),
        ("statistics of one, 304", "/api/v1/repositories/octo/r500/statistics", true),
        ("statistics of one, one type", "/api/v1/repositories/octo/r500/statistics?eventType=PushEvent", false),
        ("statistics of 100", "/api/v1/statistics", false),
        ("statistics of 100, sorted", "/api/v1/statistics?sort=-meanIntervalSeconds", false),
    ];

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken = default)
    {
        await using var app = await StartAsync(cancellationToken);
        var address = new Uri(app.Urls.Single());
        await output.WriteLineAsync(
            $"API: {Repositories} repositories of {Types.Length} types, {Connections} connections, best of {Rounds} rounds");

        var best = new double[Cases.Length];
        var bytes = new int[Cases.Length];

        // The round before the first warms the server up and counts for nothing.
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < Cases.Length; i++)
            {
                var (_, path, conditional) = Cases[i];
                var (perSecond, size) = await MeasureAsync(address, path, conditional, cancellationToken);
                best[i] = round < 0 ? 0 : Math.Max(best[i], perSecond);
                bytes[i] = size;
            }
        }

        for (var i = 0; i < Cases.Length; i++)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Cases[i].Name,-28} {best[i],10:N0} requests/s {bytes[i],9:N0} bytes {best[i] / best[0],7:P0} of the empty endpoint"));
        }
    }

    private static async Task<(double PerSecond, int Bytes)> MeasureAsync(
        Uri address, string path, bool conditional, CancellationToken cancellationToken)
    {
        var connections = new List<ApiBenchmarkConnection>();
        try
        {
            for (var i = 0; i < Connections; i++)
                connections.Add(await ApiBenchmarkConnection.OpenAsync(address, path, conditional, cancellationToken));

            // Big pages are asked for less often, so that no case takes longer than the others by much.
            var each = Math.Max(50, Requests / Connections / (1 + connections[0].AnswerBytes / 8192));
            await Task.WhenAll(connections.Select(connection => connection.AskAsync(each / 10, cancellationToken)));
            var started = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(connections.Select(connection => connection.AskAsync(each, cancellationToken)));
            return (each * Connections / TimeProvider.System.GetElapsedTime(started).TotalSeconds, connections[0].AnswerBytes);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        var catalog = new ApiBenchmarkCatalog(Repositories, TimeProvider.System.GetUtcNow());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IRepositoryCatalog>(catalog);
        builder.Services.AddSingleton<AggregatorStatus>();
        builder.Services.AddSingleton<ApiBenchmarkLog>();
        builder.Services.AddSingleton<IEventLogReader>(provider => provider.GetRequiredService<ApiBenchmarkLog>());
        builder.Services.AddSingleton<ILogSecret>(provider => provider.GetRequiredService<ApiBenchmarkLog>());
        builder.Services.AddApi(new ApiOptions());
        var app = builder.Build();
        app.MapApi();
        app.Map("/empty", (HttpContext _) => Task.CompletedTask);
        await app.StartAsync(cancellationToken);

        await catalog.Followed.WaitAsync(cancellationToken);
        var sink = app.Services.GetRequiredService<IStatisticsSink>();
        await sink.PublishAsync([.. Enumerable.Range(1, Repositories).Select(id => Figures(id, catalog.Now))], cancellationToken);
        app.Services.GetRequiredService<AggregatorStatus>().SetCaughtUp();
        return app;
    }

    private static RepositorySnapshot Figures(int id, DateTimeOffset now) => new()
    {
        RepositoryId = new RepositoryId(id),
        AsOf = now,
        ValidUntil = null,
        Total = Series(EventType.All, id, now),
        ByEventType = [.. Types.Select((type, i) => Series(EventType.Parse(type), id + i, now))],
    };

    private static SeriesSnapshot Series(EventType type, int seed, DateTimeOffset now) => new()
    {
        EventType = type,
        Events = 1 + seed % 500,
        Capped = false,
        FirstEventAt = now.AddSeconds(-86400.25 - seed),
        LastEventAt = now.AddSeconds(-seed),
        MeanIntervalSeconds = Math.Sqrt(seed),
        MedianIntervalSeconds = Math.Sqrt(seed + 1),
        P95IntervalSeconds = Math.Sqrt(seed + 2),
        MinIntervalSeconds = 0,
        MaxIntervalSeconds = seed,
        StdDevIntervalSeconds = Math.Sqrt(seed + 3),
    };
}
