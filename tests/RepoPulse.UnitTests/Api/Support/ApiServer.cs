using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;
using RepoPulse.Api.View;
using RepoPulse.Dashboard;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Api.Support;

/// <summary>The API in memory, over a catalog, a history and a clock that the test holds in its hands.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app, FakeCatalog catalog, FakeHistory history, FakeLog log, SettableTime time)
    {
        (_app, Catalog, History, Log, Time) = (app, catalog, history, log, time);
        Client = app.GetTestClient();
    }

    public FakeCatalog Catalog { get; }

    public FakeHistory History { get; }

    public FakeLog Log { get; }

    public SettableTime Time { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public AggregatorStatus Aggregator => _app.Services.GetRequiredService<AggregatorStatus>();

    public CatalogStatus CatalogStatus => _app.Services.GetRequiredService<CatalogStatus>();

    public StatisticsView View => _app.Services.GetRequiredService<StatisticsView>();

    public static async Task<ApiServer> StartAsync(
        ApiOptions? options = null,
        bool ready = true,
        bool withHistory = true,
        FakeCatalog? catalog = null,
        Action<IServiceCollection>? services = null,
        FakeLog? log = null)
    {
        log ??= new FakeLog();
        catalog ??= new FakeCatalog();
        var history = new FakeHistory();
        var time = new SettableTime(Some.Now);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IRepositoryCatalog>(catalog);
        builder.Services.AddSingleton(new AggregatorStatus());
        builder.Services.AddSingleton<IEventLogReader>(log);
        builder.Services.AddSingleton<ILogSecret>(log);
        if (withHistory)
            builder.Services.AddSingleton<IEventHistory>(history);
        builder.Services.AddApi(options ?? new ApiOptions()).AddDashboard();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapApi().MapDashboard();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var server = new ApiServer(app, catalog, history, log, time);
        if (ready)
        {
            await catalog.WaitUntilFollowedAsync();
            server.Aggregator.SetCaughtUp();
        }

        return server;
    }

    public async Task PublishAsync(params IReadOnlyList<RepositorySnapshot> figures) =>
        await _app.Services.GetRequiredService<IStatisticsSink>().PublishAsync(figures, TestContext.Current.CancellationToken);

    /// <summary>Lets the aggregator say that it cannot read the log.</summary>
    public void LoseLog(DateTimeOffset since) =>
        Aggregator.Set(Aggregator.Current with { Failure = "'db.internal' is away.", InStepAt = since });

    public void FindLog() => Aggregator.Set(Aggregator.Current with { Failure = null, InStepAt = Time.GetUtcNow() });

    /// <summary>Returns once the follower has met a failure of the catalog.</summary>
    public async Task CatalogIsLostAsync()
    {
        while (CatalogStatus.Current.Failure is null)
            await Task.Yield();
    }

    public async Task CatalogIsFoundAsync()
    {
        while (CatalogStatus.Current.Failure is not null)
            await Task.Yield();
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params IReadOnlyList<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params IReadOnlyList<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Get, path, headers);

    public async Task<string> GetTextAsync(string path)
    {
        using var response = await GetAsync(path);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode} {text}");
        return text;
    }

    public async Task<JsonElement> GetJsonAsync(string path) => JsonDocument.Parse(await GetTextAsync(path)).RootElement;

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<List<JsonElement>> WalkAsync(string path, int limit, Func<Task>? betweenPages = null)
    {
        var items = new List<JsonElement>();
        var cursor = "";
        while (true)
        {
            var page = await GetJsonAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit={limit}{cursor}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (page.GetProperty("next").GetString() is not { } next)
                return items;
            cursor = $"&cursor={next}";
            if (betweenPages is not null)
                await betweenPages();
        }
    }

    public async Task<JsonElement> GetProblemAsync(
        HttpStatusCode status, string path, params IReadOnlyList<(string Name, string Value)> headers)
    {
        using var response = await GetAsync(path, headers);
        return await ReadProblemAsync(status, response);
    }

    public static async Task<JsonElement> ReadProblemAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode} in place of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    /// <summary>Opens the stream; on return whatever is appended from then on is sent.</summary>
    public Task<StreamClient> StreamAsync(string query = "", string? lastId = null) => StreamClient.OpenAsync(this, query, lastId);

    /// <summary>Ends the server as its process would.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
