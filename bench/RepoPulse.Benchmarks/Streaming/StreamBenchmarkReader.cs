using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Net.Sockets;

namespace RepoPulse.Benchmarks.Streaming;

/// <summary>One reader of the stream, by .NET's own parser.</summary>
internal sealed class StreamBenchmarkReader(
    Uri api, string query, StreamBenchmarkReader.Manner manner, ConcurrentDictionary<long, long> committed)
    : IDisposable
{
    private const string Id = "\"id\":\"";

    /// <summary>After so many messages a reader that leaves does.</summary>
    private const int Stay = 20;

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectCallback = ConnectSocketAsync });
    private readonly HashSet<long> _seen = [];
    private HttpResponseMessage? _response;
    private string? _lastId;

    public enum Manner
    {
        Steady,

        /// <summary>Takes the headers and then nothing.</summary>
        Stalled,
        Leaving,
    }

    public bool Reads => manner != Manner.Stalled;

    public int Events => _seen.Count;

    public int Repeated { get; private set; }

    public int Reconnections { get; private set; }

    /// <summary>How often the server did not want to wait any longer.</summary>
    public int CutOff { get; private set; }

    /// <summary>From the commit to here, in milliseconds.</summary>
    public List<double> Delays { get; } = [];

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, "api/v1/stream" + query));
        if (_lastId is not null)
            request.Headers.Add("Last-Event-ID", _lastId);
        _response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        _response.EnsureSuccessStatusCode();
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (manner == Manner.Stalled)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            while (true)
            {
                try
                {
                    await ReadOnceAsync(cancellationToken);
                }
                catch (IOException)
                {
                    CutOff++;
                }

                _response!.Dispose();
                Reconnections++;
                await ConnectAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    public void Dispose()
    {
        _response?.Dispose();
        _http.Dispose();
    }

    /// <summary>With little room, so that the server soon feels who does not read.</summary>
    private static async ValueTask<Stream> ConnectSocketAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024, NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task ReadOnceAsync(CancellationToken cancellationToken)
    {
        var parser = SseParser.Create(await _response!.Content.ReadAsStreamAsync(cancellationToken));
        var read = 0;
        await foreach (var item in parser.EnumerateAsync(cancellationToken))
        {
            _lastId = parser.LastEventId;
            if (item.EventType == "event")
                Take(item.Data);
            if (manner == Manner.Leaving && ++read == Stay)
                return;
        }
    }

    private void Take(string json)
    {
        var at = TimeProvider.System.GetTimestamp();
        var start = json.IndexOf(Id, StringComparison.Ordinal) + Id.Length;
        var id = long.Parse(json.AsSpan(start, json.IndexOf('"', start) - start), CultureInfo.InvariantCulture);
        if (!_seen.Add(id))
            Repeated++;
        else if (committed.TryGetValue(id, out var appended))
            Delays.Add(TimeProvider.System.GetElapsedTime(appended, at).TotalMilliseconds);
        else
            Delays.Add(0);
    }
}
