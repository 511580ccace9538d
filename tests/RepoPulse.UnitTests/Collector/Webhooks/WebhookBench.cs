using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector;
using RepoPulse.Collector.Webhooks;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.UnitTests.Collector.Webhooks;

/// <summary>A collector's webhooks over a database of their own, and a sender that knows the secret.</summary>
internal sealed class WebhookBench : IAsyncDisposable
{
    public const string Secret = "It's a Secret to Everybody";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("repopulse-webhooks-");
    private WebApplication _app = null!;

    private WebhookBench()
    {
    }

    public FakeTimeProvider Time { get; } = new(WebhookSample.Now);

    public CountedOutcomes Outcomes { get; } = new();

    private TimeSpan? Retention { get; init; }

    private Func<IWebhookInbox, IWebhookInbox> Inbox { get; init; } = inbox => inbox;

    private WebhookOptions Options { get; init; } = new() { Secret = Secret };

    private string Database => Path.Combine(_folder.FullName, "events.db");

    public IServiceProvider Services => _app.Services;

    /// <param name="retention">Null keeps everything.</param>
    /// <param name="inbox">What takes the place of the store's inbox, where something does.</param>
    /// <param name="options">Other limits than those by default.</param>
    public static async Task<WebhookBench> StartAsync(
        TimeSpan? retention = null, Func<IWebhookInbox, IWebhookInbox>? inbox = null, WebhookOptions? options = null)
    {
        var bench = new WebhookBench { Retention = retention, Inbox = inbox ?? (same => same), Options = options
            ?? new() { Secret = Secret } };
        await bench.StartAppAsync();
        return bench;
    }

    /// <summary>As after a kill: nothing is asked to end, and a new process finds the files as they are.</summary>
    public async Task RestartAsync()
    {
        var killed = Directory.CreateTempSubdirectory("repopulse-webhooks-");
        foreach (var file in Directory.GetFiles(_folder.FullName))
            File.Copy(file, Path.Combine(killed.FullName, Path.GetFileName(file)));
        await _app.DisposeAsync();
        foreach (var file in Directory.GetFiles(_folder.FullName))
            File.Delete(file);
        foreach (var file in Directory.GetFiles(killed.FullName))
            File.Move(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        killed.Delete(recursive: true);
        await StartAppAsync();
    }

    public static string Sign(ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));

    public Task<HttpResponseMessage> PostAsync(WebhookSample sample, string? delivery = null) =>
        PostAsync(sample.EventName, Encoding.UTF8.GetBytes(sample.Webhook), delivery);

    public Task<HttpResponseMessage> PostAsync(
        string eventName, byte[] body, string? delivery = null, string contentType = "application/json") =>
        SendAsync(
            body,
            contentType,
            ("X-GitHub-Event", eventName),
            ("X-GitHub-Delivery", delivery ?? Guid.NewGuid().ToString()),
            ("X-Hub-Signature-256", Sign(body)));

    public Task<HttpResponseMessage> SendAsync(byte[] body, string? contentType, params (string Name, string Value)[] headers) =>
        SendAsync(new ByteArrayContent(body), contentType, headers);

    public Task<HttpResponseMessage> SendAsync(HttpContent body, string? contentType, params (string Name, string Value)[] headers) =>
        SendAsync(body, contentType, TestContext.Current.CancellationToken, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpContent body, string? contentType, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = body };
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, cancellationToken);
    }

    /// <summary>Delivers, and expects 202.</summary>
    public async Task DeliverAsync(WebhookSample sample, string? delivery = null)
    {
        using var response = await PostAsync(sample, delivery);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    public ValueTask<AppendResult> PollAsync(params GitHubEvent[] events) =>
        Services.GetRequiredService<IEventLogWriter>().AppendAsync(events, EventSource.Poll, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<GitHubEvent>> HeldAsync(long repository = WebhookSample.RepositoryId) =>
        await Services.GetRequiredService<IEventHistory>()
        .ReadAsync(new HistoryQuery { RepositoryId = new RepositoryId(repository), Limit = 1000 }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Outcomes.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartAppAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddMetrics();
        builder.Services.AddSqliteStorage($"Data Source={Database}");
        builder.Services.AddArchiveImport(new CollectorOptions { Name = "test", RetentionPeriod = Retention });
        builder.Services.AddWebhooks(Options);
        var store = builder.Services.Single(service => service.ServiceType == typeof(IWebhookInbox));
        builder.Services.Remove(store);
        builder.Services.AddSingleton(
            provider => Inbox((IWebhookInbox)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!)));
        _app = builder.Build();
        Outcomes.Listen(_app.Services);
        _app.UseRouting();
        _app.MapWebhooks();
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }
}
