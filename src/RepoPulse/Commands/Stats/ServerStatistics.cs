using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml;
using RepoPulse.Core.Hosting;
using RepoPulse.Core.Reading;

namespace RepoPulse.Commands.Stats;

/// <summary>The statistics that a running server returns.</summary>
internal sealed class ServerStatistics : IStatisticsSource
{
    private readonly HttpClient _http;
    private readonly Uri _server;

    /// <param name="server">The server's address, without the path of the API.</param>
    /// <param name="key">What the server knows this client by; null for none.</param>
    public ServerStatistics(Uri server, string? key, HttpMessageHandler handler)
    {
        _server = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        _http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        RepositoryName? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = repository is { } name ? $"&repository={Uri.EscapeDataString(name.FullName)}" : "";
        string? cursor = null;
        do
        {
            var page = (await AskAsync(
                new Uri(_server, $"api/v1/statistics?limit=1000{filter}{cursor}"), StatisticsPage.Parse, cancellationToken))!;
            foreach (var item in page.Items)
                yield return item;
            var next = page.Next is null ? null : $"&cursor={Uri.EscapeDataString(page.Next)}";
            if (next is not null && next == cursor)
                throw new CommandFailedException($"{_server} answered the same page again and again.");
            cursor = next;
        }
        while (cursor is not null);
    }

    public async ValueTask<RecentActivity?> ReadActivityAsync(
        StatisticsDocument document, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var bucket = XmlConvert.ToString(RecentActivity.Bucket);
        var url = new Uri(_server, string.Create(
            CultureInfo.InvariantCulture,
            $"api/v1/repositories/{document.Repository}/activity?bucket={bucket}&since={since:yyyy-MM-ddTHH:mm:ssZ}"));
        var read = await AskAsync(
            url, body => JsonSerializer.Deserialize(body.Span, StatisticsJsonContext.Default.ActivityDocument)
                ?? throw new JsonException("It is null."), cancellationToken, HttpStatusCode.NotImplemented);
        if (read is null)
            return null;
        var activity = new RecentActivity(since);
        foreach (var item in read.Items)
        {
            foreach (var (eventType, events) in item.ByEventType)
                activity.Add(item.From, eventType, events);
        }

        return activity;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="absence">A status that says that the server has no such thing, for which null is returned.</param>
    private async Task<T?> AskAsync<T>(
        Uri url, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken, HttpStatusCode? absence = null)
        where T : class
    {
        try
        {
            using var response = await _http.GetAsync(url, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.StatusCode == absence)
                return null;
            return response.IsSuccessStatusCode ? parse(body) : throw Refusal(response.StatusCode, body);
        }
        catch (JsonException e)
        {
            throw new CommandFailedException($"{_server} did not answer as RepoPulse does: {e.Message}", e);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"{_server} cannot be reached: {HttpErrors.WithoutUsers(e.Message)}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException($"{_server} did not answer within {_http.Timeout.TotalSeconds:0} s.", e);
        }
    }

    private CommandFailedException Refusal(HttpStatusCode status, byte[] body) => new(status == HttpStatusCode.Unauthorized
        ? $"{_server} asks for a key: give one of its keys as the first of Api:Keys, or in the file that Api:KeysFile names."
        : $"{_server} answered {(int)status}{Detail(body)}.");

    /// <summary>What a problem document (RFC 9457) says; nothing where the body is none.</summary>
    private static string Detail(byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            foreach (var name in (ReadOnlySpan<string>)["detail", "title"])
            {
                if (problem.RootElement.Text(name) is { } text)
                    return $": {text.TrimEnd('.')}";
            }
        }
        catch (JsonException)
        {
            // Some other server's error page.
        }

        return "";
    }
}
