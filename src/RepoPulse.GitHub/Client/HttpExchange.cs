using RepoPulse.Core.Hosting;

namespace RepoPulse.GitHub;

/// <summary>Sends one request and reads the response to its end, in bounded time and space.</summary>
internal sealed class HttpExchange(HttpClient http, GitHubOptions options, GitHubMetrics metrics, GitHubClock clock, TimeProvider time)
{
    /// <summary>The most of a response that is read. A page of 100 events with payloads at GitHub's bounds stays far below.</summary>
    private const int MaxResponseBytes = 64 << 20;

    /// <param name="read">Makes something of the response; given the body and the time at which the headers arrived.</param>
    /// <param name="broken">Makes something of the lack of one, given why.</param>
    public async ValueTask<T> SendAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, byte[], DateTimeOffset, T> read,
        Func<string, T> broken,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string fault;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            var arrivedAt = time.GetUtcNow();

            // What a cache returns is dated by when GitHub responded to the cache.
            if (response.Headers.Age is null)
                clock.Synchronize(response.Headers.Date, time.GetSteadyNow());

            // The whole body is read here, so that a response cut off half-way is retried like one that never came.
            await response.Content.LoadIntoBufferAsync(MaxResponseBytes, linked.Token);
            var body = await response.Content.ReadAsByteArrayAsync(linked.Token);
            metrics.RecordResponse(response.StatusCode);
            return read(response, body, arrivedAt);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            fault = $"no answer within {options.RequestTimeout} (GitHub:RequestTimeout)";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            fault = HttpErrors.WithoutUsers(e.InnerException?.Message ?? e.Message);
        }

        metrics.RecordResponse(default);
        return broken(fault);
    }
}
