using System.Net.ServerSentEvents;
using System.Text.Json;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>A reader of an API's stream.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _cut = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly SseParser<string> _parser;

    private EventStream(HttpClient http, Stream body)
    {
        _http = http;
        _parser = SseParser.Create(body);
        _items = _parser.EnumerateAsync(_cut.Token).GetAsyncEnumerator();
    }

    public string LastId => _parser.LastEventId;

    /// <summary>On return whatever is stored from then on is sent, and what was stored after the id.</summary>
    public static async Task<EventStream> OpenAsync(Uri api, string? lastId)
    {
        var http = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, "api/v1/stream"));
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new EventStream(http, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The ids of the next events as GitHub gave them.</summary>
    public async Task<List<string>> ReadAsync(int events)
    {
        var ids = new List<string>();
        while (ids.Count < events)
        {
            Assert.True(await _items.MoveNextAsync(), "The stream ended.");
            Assert.NotEqual("gap", _items.Current.EventType);
            if (_items.Current.EventType == "event")
                ids.Add(JsonDocument.Parse(_items.Current.Data).RootElement.GetProperty("id").GetString()!);
        }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await _cut.CancelAsync();
        await _items.DisposeAsync();
        _http.Dispose();
        _cut.Dispose();
    }
}
