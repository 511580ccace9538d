using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector;
using RepoPulse.Collector.Webhooks;
using RepoPulse.Core.Reading;
using RepoPulse.Fuzzing.Seeds;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>Deliveries with headers, signature and body, through the endpoint and the mapping into the log.</summary>
internal sealed class WebhookTarget : FuzzTarget
{
    private const string Secret = "It's a Secret to Everybody";

    private readonly ServiceProvider _services;
    private readonly WebhookEndpoint _endpoint;
    private readonly HeldInbox _inbox = new();
    private readonly List<GitHubEvent> _again = [];

    public WebhookTarget()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));
        services.AddSingleton(new Random(1));
        services.AddSingleton<IEventLogWriter>(_inbox);
        services.AddSingleton<IWebhookInbox>(_inbox);
        services.AddArchiveImport(new CollectorOptions { Name = "fuzz", RetentionPeriod = null });
        services.AddWebhooks(new WebhookOptions { Secret = Secret });
        _services = services.BuildServiceProvider();
        _endpoint = _services.GetRequiredService<WebhookEndpoint>();
    }

    public override string Name => "webhook";

    public override int Share => 100;

    public override IReadOnlyList<byte[]> Seeds => WebhookSeeds.Each;

    public override IReadOnlyList<string> Words => ["sha256=", "application/json; charset=utf-16", "multipart/form-data", "payload=",
    "payload=%7B%7D&payload=%7B%7D", "+", "closed", "watch"];

    public override async ValueTask<bool> FuzzAsync(byte[] input)
    {
        _inbox.Last = null;
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = _services, Response = { Body = body } };
        Fill(context.Request, input);
        await _endpoint.HandleAsync(context);

        var status = context.Response.StatusCode;
        Invariant.Holds(status is 202 or 400 or 401 or 408 or 413 or 415 or 503);
        if (status == 202)
            return _inbox.Last is { } e && Check(e);
        Invariant.Holds(_inbox.Last is null);
        using var problem = JsonDocument.Parse(body.ToArray());
        Invariant.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        return false;
    }

    protected override ValueTask StopAsync() => _services.DisposeAsync();

    private static void Fill(HttpRequest request, byte[] input)
    {
        var lines = new Lines(input);
        var (eventName, contentType, delivery, signature) = (lines.Next(), lines.Next(), lines.Next(), lines.Next());
        var sent = contentType == "form" ? Form(lines.Rest) : lines.Rest.ToArray();
        request.Method = "POST";
        request.Body = new MemoryStream(sent, writable: false);
        request.ContentLength = sent.Length;
        request.ContentType = contentType == "form" ? "application/x-www-form-urlencoded" : contentType;
        request.Headers["X-GitHub-Event"] = eventName;
        request.Headers["X-GitHub-Delivery"] = delivery;
        request.Headers["X-Hub-Signature-256"] = signature == "signed"
            ? "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), sent))
            : signature;
    }

    /// <summary>What is stored is one line that reads as the same event, and has the key by which it is merged with a polled one.</summary>
    private bool Check(in GitHubEvent e)
    {
        Invariant.Holds(e.HasRepository && e.Key.Id.IsWebhook);
        Invariant.Holds(e.Json.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0);
        _again.Clear();
        Invariant.Holds(new EventReader().TryReadLine(e.Json, _again, out _));
        Invariant.Equal(1, _again.Count);
        Invariant.Equal(e with { Json = default }, _again[0] with { Json = default });
        Invariant.Holds(NaturalKeyReader.TryRead(e, out _));
        return true;
    }

    private static byte[] Form(ReadOnlySpan<byte> json)
    {
        var form = new StringBuilder("payload=");
        foreach (var value in json)
            _ = char.IsAsciiLetterOrDigit((char)value)
                ? form.Append((char)value)
                : value == ' ' ? form.Append('+') : form.Append('%').Append(value.ToString("X2"));
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private sealed class HeldInbox : IWebhookInbox, IEventLogWriter
    {
        public GitHubEvent? Last { get; set; }

        public ValueTask<AppendResult> AppendAsync(
            DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken) =>
            AppendAsync(events, EventSource.Webhook, cancellationToken);

        public ValueTask<AppendResult> AppendAsync(
            IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
        {
            Invariant.Equal(1, events.Count);
            Last = events[0];
            return ValueTask.FromResult(new AppendResult(1, 0));
        }
    }
}
