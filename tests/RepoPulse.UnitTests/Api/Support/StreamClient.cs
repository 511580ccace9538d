using System.Net;
using System.Net.ServerSentEvents;

namespace RepoPulse.UnitTests.Api.Support;

/// <summary>A reader of the stream, by a parser that is not ours.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private StreamClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body);
        _items = _parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    /// <summary>The last id that was read, be it that of a message or of none.</summary>
    public string LastId => _parser.LastEventId;

    public static async Task<StreamClient> OpenAsync(ApiServer server, string query, string? lastId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream" + query);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var response = await server.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(
            response.StatusCode == HttpStatusCode.OK,
            $"{response.StatusCode}: {(response.StatusCode == HttpStatusCode.OK ? "" : await response.Content.ReadAsStringAsync())}");
        return new StreamClient(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next message; null at the end.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        if (!await _items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
            return null;
        Assert.NotEmpty(_items.Current.EventId ?? "");
        return _items.Current;
    }

    /// <summary>The next message of one kind, past those of others.</summary>
    public async Task<SseItem<string>> NextAsync(string type)
    {
        while (true)
        {
            var item = await NextAsync() ?? throw new InvalidOperationException($"The stream ended before a message '{type}'.");
            if (item.EventType == type)
                return item;
        }
    }

    /// <summary>The ids of the next events as GitHub gave them.</summary>
    public async Task<List<string>> EventsAsync(int count)
    {
        var ids = new List<string>();
        while (ids.Count < count)
            ids.Add(System.Text.Json.JsonDocument.Parse((await NextAsync("event")).Data).RootElement.GetProperty("id").GetString()!);
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A read is under way still.
        }
    }
}
